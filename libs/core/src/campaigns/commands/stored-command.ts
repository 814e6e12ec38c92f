import type { Actor } from '@sevenfold/domain/actors';
import { lifecycleCommands, type LifecycleCommand } from '@sevenfold/domain/campaigns';
import type { Json, Outcome } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';

/** What the memory of commands can hold: those of the workflow, and `finish`, which has none left to go through. */
export const commandNames = [...lifecycleCommands, 'finish'] as const;
export type CommandName = LifecycleCommand | 'finish';

/** A command as it lies in the table. */
export interface StoredCommand {
  id: string;
  campaignId: string;
  name: CommandName;
  actor: Actor;
  input: Json;
  /** Null while it has not happened. */
  result: Outcome<Json> | null;
}

interface Row {
  id: string;
  campaign_id: string;
  name: CommandName;
  actor: Actor;
  input: Json;
  result: Outcome<Json> | null;
}

/** As it is now, whatever was read before. */
export async function findCommand(tx: Tx, id: string): Promise<StoredCommand | null> {
  const [row] = await tx.em.execute<Row[]>('select id, campaign_id, name, actor, input, result from command where id = ?', [id]);
  return row ? { id: row.id, campaignId: row.campaign_id, name: row.name, actor: row.actor, input: row.input, result: row.result } : null;
}
