/**
 * Who a mail in a mailbox was really for, by the headers its own server put on top when it was delivered. Headers pile up
 * from below, so only those above the first Received are the server's; the sender may have written any other.
 * @param names lower case, the most trusted first
 */
export function envelopeOf(source: Uint8Array, names: readonly string[]): { from: string | undefined; to: string[] } {
  const head = Buffer.from(source.buffer, source.byteOffset, Math.min(source.byteLength, 64_000)).toString('latin1').replaceAll('\r\n', '\n');
  const lines = head.split('\n\n', 1)[0]?.replaceAll(/\n[ \t]+/g, ' ').split('\n') ?? [];
  const trace = /^(?:return-path|delivery-date|x-gm-[\w-]+|x-received|arc-[\w-]+)$/;
  const to: string[] = [];
  let from: string | undefined;
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
    const value = line.slice(at + 1).trim().replace(/^<(.*)>$/, '$1');
    if (name === 'return-path') from ??= value;
    else if (names.includes(name)) to.push(value);
    else if (!trace.test(name)) break;
  }
  return { from, to: [...new Set(to)] };
}
