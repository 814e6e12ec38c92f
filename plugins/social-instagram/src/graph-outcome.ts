import { notSent, rejected, type SendOutcome, unknown } from '@sevenfold/plugin-sdk';
import type { GraphAnswer } from './graph-client.js';

/** Everything but a yes. */
export type GraphFailure = Exclude<GraphAnswer, { kind: 'ok' }>;

// Too many calls (4, 17, 32, 613), the daily number of posts (9), and an image not ready yet (9007).
const LATER = new Set([4, 9, 17, 32, 613, 9007]);

const describe = (failure: GraphFailure): string =>
  failure.kind === 'lost' ? failure.reason : `HTTP ${failure.status}, Graph ${failure.code}${failure.subcode === 0 ? '' : `/${failure.subcode}`}`;

/** Before the irreversible step nothing is visible, so whatever is not a clear no may simply be done again. */
export function failedBefore(failure: GraphFailure): SendOutcome {
  const reason = describe(failure);
  return refusedForGood(failure) ? rejected(String(failure.code), reason) : notSent(reason, later(failure));
}

/**
 * At the irreversible step only a clear answer counts. A 5xx or "transient" error has been seen with the story online
 * all the same, so those are unknown, as is silence.
 */
export function failedPublishing(failure: GraphFailure, evidence: Record<string, string>): SendOutcome {
  const reason = describe(failure);
  if (failure.kind === 'lost') return failure.connected ? unknown(reason, evidence) : notSent(reason);
  if (LATER.has(failure.code) || failure.status === 429) return notSent(reason, later(failure));
  return refusedForGood(failure) ? rejected(String(failure.code), reason) : unknown(reason, evidence);
}

function refusedForGood(failure: GraphFailure): failure is Extract<GraphFailure, { kind: 'error' }> {
  return failure.kind === 'error' && failure.status >= 400 && failure.status < 500 && failure.status !== 429 && failure.status !== 408
    && !failure.transient && !LATER.has(failure.code);
}

const later = (failure: GraphFailure): number | undefined => (failure.kind === 'error' ? failure.retryAfterMs : undefined);
