import { mergeDeliveryStatus, type DeliveryStatus } from '@sevenfold/domain/delivery';
import type { SendOutcome } from '@sevenfold/plugin-sdk';
import { backoff } from '../../engine/backoff.js';

/** A delivery as it stands when the outcome of an attempt comes in. */
export interface Standing {
  status: DeliveryStatus;
  /** Attempts begun so far, the one that ended included. */
  attempts: number;
  windowEnd: Date;
}

/** What the outcome makes of it. `notBefore` is set when it goes back into the queue. */
export interface Settled {
  status: DeliveryStatus;
  providerId: string | null;
  code: string | null;
  reason: string | null;
  notBefore: Date | null;
}

/**
 * The one place that decides what an attempt's outcome means.
 * @param attempt the attempt that ended; an older one than the newest may still bring good news, never bad
 */
export function settle(standing: Standing, outcome: SendOutcome, attempt: number, now: Date): Settled {
  const to = (status: DeliveryStatus, more: Partial<Settled> = {}): Settled => ({
    providerId: null, code: null, reason: null, notBefore: null, ...more, status: mergeDeliveryStatus(standing.status, status),
  });
  if (outcome.outcome === 'accepted') return to('sent', { providerId: outcome.providerId });
  // Overtaken: a later attempt, or evidence, says more than this one's failure.
  if (attempt !== standing.attempts || !['claimed', 'unknown'].includes(standing.status)) return to(standing.status);
  // Given up for dead and marked unknown, it turns out alive and certain that nothing left.
  if (standing.status === 'unknown' && outcome.outcome !== 'unknown') return to('failed', reasonOf(outcome));
  switch (outcome.outcome) {
    case 'rejected':
      return to('failed', reasonOf(outcome));
    case 'unknown':
      return to('unknown', reasonOf(outcome));
    case 'not_sent': {
      const notBefore = new Date(now.getTime() + (outcome.retryAfterMs ?? backoff(standing.attempts, 5_000, 900_000)));
      if (notBefore >= standing.windowEnd) return to('failed', { code: 'gave_up', reason: outcome.reason });
      // The only way back: the plugin is certain that nothing left.
      return { ...to('claimed', { reason: outcome.reason, notBefore }), status: 'queued' };
    }
  }
}

function reasonOf(outcome: SendOutcome): Partial<Settled> {
  if (outcome.outcome === 'accepted') return {};
  return { reason: outcome.reason, code: outcome.outcome === 'rejected' ? outcome.code : null };
}
