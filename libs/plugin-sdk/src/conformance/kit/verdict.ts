/** Thrown by a check that found what may not be. Its message goes to the report: what was expected, what was seen. */
export class Failed extends Error {}

/** Thrown by a check that has nothing to look at in this plugin, with the reason. */
export class NotApplicable extends Error {}

/** Fails the check unless `holds`. */
export function expect(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Failed(message);
}

/** Leaves the check with a reason when there is nothing to check. */
export function applicable(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new NotApplicable(reason);
}

/** A value for the report, short. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value, bytesShort) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

const bytesShort = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? `${value.byteLength} bytes` : value);

/** The promise, or a failure when it takes longer. */
export async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failed(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until it holds; false when it does not in time. */
export async function eventually(holds: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
