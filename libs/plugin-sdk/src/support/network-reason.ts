/**
 * A reason for logs out of a thrown value: its code only ('ECONNREFUSED'), because messages of network errors
 * hold addresses, URLs and sometimes credentials.
 */
export function networkReason(error: unknown): string {
  for (let seen = error, depth = 0; depth < 4 && typeof seen === 'object' && seen !== null; depth += 1) {
    const code = 'code' in seen ? seen.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code)) return code;
    seen = 'cause' in seen ? seen.cause : undefined;
  }
  return error instanceof Error && error.name === 'TimeoutError' ? 'TIMEOUT' : 'network error';
}
