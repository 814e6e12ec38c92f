import { DomainError } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { allowedNow, phaseOf } from '../campaigns/phase.js';

/** Whether creators can apply at `now`. A pause holds the close, so while it lasts the clock stands where it began. */
export function isOpen({ status, pausedAt, closesAt }: Campaign, now: Date): boolean {
  return status === 'published' && (closesAt == null || (pausedAt ?? now) < closesAt);
}

/**
 * For what a creator does to join a campaign.
 * @throws DomainError `not_found` for a draft, which no creator knows of; `campaign_closed` from the close on
 */
export function assertOpen(campaign: Campaign, now: Date): void {
  if (campaign.status === 'draft') throw new DomainError('not_found', { entity: 'campaign' });
  if (!isOpen(campaign, now)) throw new DomainError('campaign_closed', { state: campaign.status });
}

/**
 * For what is possible from publication until the start, closed or not (E6).
 * @throws DomainError `wrong_state` with the state and the commands that fit it
 */
export function assertBeforeStart(campaign: Campaign): void {
  if (campaign.status === 'published' || campaign.status === 'closed') return;
  throw wrongState(campaign);
}

/** Not possible now: the state, and what is. */
export function wrongState(campaign: Campaign): DomainError {
  const { status, paused } = phaseOf(campaign);
  return new DomainError('wrong_state', { state: status, paused, allowed: allowedNow(campaign) });
}
