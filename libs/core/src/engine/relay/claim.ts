import type { EntityManager } from '@mikro-orm/postgresql';
import type { Json } from '@sevenfold/domain/errors';

/** An item of the outbox as it is handed over. */
export interface RelayItem {
  id: string;
  workspaceId: string;
  kind: string;
  payload: Record<string, Json>;
  /** Failed deliveries so far. */
  attempts: number;
}

/**
 * Locks what is open and due, and nobody else is at. Never "everything after the last id seen": a lower id can commit
 * later than a higher one.
 */
export function claimItems(em: EntityManager, now: Date, limit: number): Promise<RelayItem[]> {
  return em.execute<RelayItem[]>(
    `select id, workspace_id as "workspaceId", kind, payload, attempts from outbox_item
      where done_at is null and available_at <= ? order by available_at, id limit ? for update skip locked`,
    [now, limit],
  );
}

/** Marks items as delivered. */
export async function markDone(em: EntityManager, now: Date, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await em.execute('update outbox_item set done_at = ?, last_error = null where id in (?)', [now, ids]);
}

/** Puts one item back for later, with what went wrong. */
export async function putBack(em: EntityManager, id: string, availableAt: Date, lastError: string): Promise<void> {
  await em.execute(
    'update outbox_item set attempts = attempts + 1, available_at = ?, last_error = ? where id = ?',
    [availableAt, lastError, id],
  );
}
