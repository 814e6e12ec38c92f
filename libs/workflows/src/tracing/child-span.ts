/** A span inside another, as W3C writes traces. */
export interface ChildSpan {
  spanId: string;
  traceparent: string;
}

/**
 * The id of a step's span, worked out and not drawn: a replay must come to the same, and a workflow's own random numbers must not
 * shift because somebody traces it. Undefined when `parent` is no traceparent.
 */
export function childSpan(parent: string, key: string): ChildSpan | undefined {
  const [version, traceId, parentId, flags] = parent.split('-');
  if (version !== '00' || traceId?.length !== 32 || parentId?.length !== 16 || flags === undefined) return undefined;
  const spanId = fnv1a(`${traceId} ${parentId} ${key}`).toString(16).padStart(16, '0');
  return { spanId, traceparent: `00-${traceId}-${spanId}-${flags}` };
}

function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i += 1) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  // All zeroes is no span.
  return hash === 0n ? 1n : hash;
}
