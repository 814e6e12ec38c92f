import { DomainError } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { assertBeforeStart } from '../applications/phase.js';
import type { Agreement } from './agreement.entity.js';

/** Whether the window has ended. While the campaign is paused it stands still, so the clock is the moment of the pause. */
export function isOver(agreement: Agreement, campaign: Campaign, now: Date): boolean {
  return (campaign.pausedAt ?? now) >= agreement.expiresAt;
}

/**
 * For signing and declining.
 * @throws DomainError `expired` after the window, `wrong_state` when it is no longer pending
 */
export function assertPending(agreement: Agreement, campaign: Campaign, now: Date): void {
  if (agreement.status === 'expired') throw expired(agreement);
  if (agreement.status !== 'pending') throw notPossible(agreement);
  assertBeforeStart(campaign);
  if (isOver(agreement, campaign, now)) throw expired(agreement);
}

/** What an agreement allows now, as the creator can do it. */
export function creatorMay(agreement: Agreement, campaign: Campaign, now: Date): ('sign' | 'decline' | 'drop-out')[] {
  if (campaign.status !== 'published' && campaign.status !== 'closed') return [];
  if (agreement.status === 'accepted') return ['drop-out'];
  return agreement.status === 'pending' && !isOver(agreement, campaign, now) ? ['sign', 'decline'] : [];
}

export function notPossible({ status }: Agreement): DomainError {
  return new DomainError('wrong_state', { state: status, allowed: status === 'accepted' ? ['drop-out'] : [] });
}

function expired({ expiresAt }: Agreement): DomainError {
  return new DomainError('expired', { expiredAt: expiresAt.toISOString() });
}
