import type { Json } from '@sevenfold/domain/errors';
import { sendAgreements } from '../../agreements/index.js';
import type { Tx } from '../../db/tx.js';
import type { Campaign } from '../campaign.entity.js';
import { cancel } from './cancel.js';
import { closeEarly } from './close.js';
import { finish } from './finish.js';
import { pause } from './pause.js';
import { publish } from './publish.js';
import { reschedule } from './reschedule.js';
import { resume } from './resume.js';
import { start } from './start.js';
import type { CommandName } from './stored-command.js';

/** Runs under the campaign's lock. Refuses by throwing a DomainError; what it returns is kept as the answer. */
export type CommandUseCase = (tx: Tx, campaign: Campaign, input: Json) => Promise<Json>;

/** What each command does. */
export const useCases: Record<CommandName, CommandUseCase> = {
  publish,
  'send-agreements': sendAgreements,
  close: closeEarly,
  start,
  pause,
  resume,
  reschedule,
  cancel,
  finish,
};
