import type { Logger } from '@sevenfold/platform/logging';
import type { Database } from '../../db/database.js';
import { rawInstant } from '../../db/raw-instant.js';
import type { SystemDatabase } from '../../system/system-database.js';
import type { DueHandlers } from './due-handlers.js';
import { handleDue } from './handle-due.js';

export interface SweepParts {
  system: SystemDatabase;
  db: Database;
  /** A kind without one is tried again later: a newer worker may know it. */
  handlers: Partial<DueHandlers>;
  logger: Logger;
  /** Items side by side; 4 unless told. */
  concurrency?: number;
}

export interface SweepResult {
  handled: number;
  failed: number;
  /** When to come again: the past when more is due now, null when nothing waits. */
  nextDueAt: Date | null;
}

/**
 * Handles what is due in all workspaces, at most `limit` items, each in its own workspace and transaction.
 * Any number of sweepers may run at once. A failing item is put off and holds up no other.
 */
export async function sweepDue(parts: SweepParts, limit = 200, signal?: AbortSignal): Promise<SweepResult> {
  const items = await dueItems(parts.system, limit);
  const result = { handled: 0, failed: 0 };
  const worker = async (): Promise<void> => {
    for (let item = items.shift(); item && !signal?.aborted; item = items.shift()) {
      const outcome = await handleDue(parts.db, parts.handlers, item);
      if (outcome === 'handled') result.handled += 1;
      if (typeof outcome === 'object') {
        result.failed += 1;
        parts.logger.warn({ dueItem: item.id, kind: item.kind, code: outcome.failed }, 'a small wait could not be handled');
      }
    }
  };
  await Promise.all(Array.from({ length: parts.concurrency ?? 4 }, worker));
  return { ...result, nextDueAt: await nextDueAt(parts.system) };
}

/**
 * Only a list: the lock that counts is taken by the app role in the item's own transaction. Skipping what others hold
 * right now spares waiting for them.
 */
function dueItems(system: SystemDatabase, limit: number): Promise<{ id: string; workspaceId: string; kind: string }[]> {
  return system.transaction((em, now) =>
    em.execute<{ id: string; workspaceId: string; kind: string }[]>(
      `select id, workspace_id as "workspaceId", kind from due_item
        where done_at is null and due_at <= ? order by due_at, id limit ? for update skip locked`,
      [now, limit],
    ),
  );
}

async function nextDueAt(system: SystemDatabase): Promise<Date | null> {
  return system.transaction(async (em) => {
    const [row] = await em.execute<{ next: string | null }[]>('select min(due_at) as next from due_item where done_at is null');
    return row?.next ? rawInstant(row.next) : null;
  });
}
