import { allowedCommands, type CampaignPhase } from '@sevenfold/domain/campaigns';
import type { Campaign } from './campaign.entity.js';
import type { CommandName } from './commands/stored-command.js';

type WithPhase = Pick<Campaign, 'status' | 'pausedAt'>;

/** What decides about commands: the status, and whether it is paused. */
export function phaseOf({ status, pausedAt }: WithPhase): CampaignPhase {
  return { status, paused: pausedAt !== null && pausedAt !== undefined };
}

/** The commands that fit the campaign's state now; told with every `wrong_state`. */
export function allowedNow(campaign: WithPhase): CommandName[] {
  return campaign.status === 'started' ? ['finish'] : allowedCommands(phaseOf(campaign));
}
