import { done, refuse, type Outcome } from '../errors/index.js';
import type { AgreementStatus } from './statuses.js';

/**
 * Whether a creator may be sent an agreement, given all they had in this campaign: a refusal is final, an open one must
 * be withdrawn first, and after expired or withdrawn a new one may go out (E5).
 */
export function maySend(earlier: readonly AgreementStatus[]): Outcome<null> {
  if (earlier.includes('declined')) return refuse('refusal_final');
  const open = earlier.find((status) => status === 'pending' || status === 'accepted');
  return open ? refuse('agreement_open', { state: open }) : done(null);
}
