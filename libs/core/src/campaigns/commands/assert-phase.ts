import { mayCommand, type LifecycleCommand } from '@sevenfold/domain/campaigns';
import { DomainError } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaign.entity.js';
import { allowedNow, phaseOf } from '../phase.js';

/** @throws DomainError `wrong_state` or `campaign_paused`, with the state and what is allowed in it */
export function assertPhase(command: LifecycleCommand, campaign: Campaign): void {
  const outcome = mayCommand(command, phaseOf(campaign));
  if (!outcome.ok) throw new DomainError(outcome.code, { ...outcome.details, allowed: allowedNow(campaign) });
}
