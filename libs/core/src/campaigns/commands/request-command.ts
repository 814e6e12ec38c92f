import { DomainError, type Json, type Outcome } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { findCommand, type CommandName } from './stored-command.js';

export interface CommandRequest {
  /** From the Idempotency-Key (`commandId` of platform/ids), or a fresh one. */
  id: string;
  name: CommandName;
  campaignId: string;
  /** Everything the command needs: the Update itself carries the id alone. */
  input: Json;
}

/**
 * Stores a command before the engine is asked to carry it out, or finds the one stored under the same id.
 * @returns what became of it; null while it has not happened
 * @throws DomainError `idempotency_conflict` when the id stands for another request
 */
export async function requestCommand(tx: Tx, { id, name, campaignId, input }: CommandRequest): Promise<Outcome<Json> | null> {
  await tx.em.flush();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into command (id, workspace_id, created_at, campaign_id, name, actor, input)
     values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb) on conflict (id) do nothing returning id`,
    [id, tx.workspaceId, tx.now, campaignId, name, JSON.stringify(tx.actor), JSON.stringify(input)],
  );
  if (inserted.length > 0) return null;
  const [same] = await tx.em.execute<{ id: string }[]>(
    'select id from command where id = ? and campaign_id = ? and name = ? and input = ?::jsonb',
    [id, campaignId, name, JSON.stringify(input)],
  );
  if (!same) throw new DomainError('idempotency_conflict');
  return (await findCommand(tx, id))?.result ?? null;
}
