import { mayCommand } from '@sevenfold/domain/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import type { Campaign } from '../campaign.entity.js';
import { findCampaign } from '../get-campaign.js';
import { lockCampaign } from '../lock.js';
import { phaseOf } from '../phase.js';
import { preparePublication } from './publish.js';
import { requestCommand, type CommandRequest } from './request-command.js';
import { runCommand } from './run-command.js';
import type { CommandName } from './stored-command.js';

/**
 * Takes a command in: stores it, and answers at once what needs no engine. That is a repeat, what the campaign's state
 * refuses, and `finish`; a draft that lacks something is refused without storing anything, so that the same request can
 * be repeated when it is complete.
 * @returns the outcome; null when the engine has to carry it out
 * @throws DomainError `not_found`, `idempotency_conflict`, `campaign_incomplete`, `invalid_fields`
 */
export async function beginCommand(tx: Tx, request: CommandRequest): Promise<Outcome<Json> | null> {
  await findCampaign(tx, request.campaignId);
  const known = await requestCommand(tx, request);
  if (known) return known;
  const campaign = await lockCampaign(tx, request.campaignId, 'change');
  if (!needsEngine(request.name, campaign)) return runCommand(tx, request.id);
  if (request.name === 'publish') await preparePublication(tx, campaign);
  return null;
}

/**
 * The campaign's workflow has ended. What it did is in the command's row; what it did not is refused by the state in
 * which it left the campaign.
 * @returns null when the campaign has not ended: then its workflow was lost, and only the engine's operator can help
 */
export async function concludeCommand(tx: Tx, commandId: string, campaignId: string): Promise<Outcome<Json> | null> {
  const { status } = await lockCampaign(tx, campaignId, 'change');
  return ['started', 'finished', 'cancelled'].includes(status) ? runCommand(tx, commandId) : null;
}

function needsEngine(name: CommandName, campaign: Campaign): boolean {
  return name !== 'finish' && mayCommand(name, phaseOf(campaign)).ok;
}
