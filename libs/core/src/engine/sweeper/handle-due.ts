import type { Database } from '../../db/database.js';
import { rawInstant } from '../../db/raw-instant.js';
import type { Scope } from '../../db/tx.js';
import { backoff } from '../backoff.js';
import { errorLabel } from '../error-label.js';
import type { DueHandlers } from './due-handlers.js';

/** Who it is for the records: nobody but the product. */
const engine = { kind: 'system', via: 'engine' } as const;

export type DueResult = 'handled' | 'taken' | { failed: string };

/**
 * Handles one item: the handler's changes and the item's mark are one transaction, so that its effect happens exactly
 * once however often it is tried. `taken` means somebody else was faster.
 */
export async function handleDue(
  db: Database,
  handlers: Partial<DueHandlers>,
  item: { id: string; workspaceId: string },
): Promise<DueResult> {
  const scope: Scope = { workspaceId: item.workspaceId, actor: engine };
  try {
    await outside(db, handlers, scope, item.id);
    return await db.inWorkspace(scope, async (tx) => {
      const [row] = await tx.em.execute<{ kind: string; refId: string; dueAt: string }[]>(
        `select kind, ref_id as "refId", due_at as "dueAt" from due_item
          where id = ? and done_at is null and due_at <= ? for update skip locked`,
        [item.id, tx.now],
      );
      if (!row) return 'taken';
      const handler = handlerOf(handlers, row.kind);
      const inside = typeof handler === 'function' ? handler : handler.inside;
      const outcome = await inside(tx, { id: item.id, kind: row.kind, refId: row.refId, dueAt: rawInstant(row.dueAt) });
      await tx.em.flush();
      await tx.em.execute('update due_item set done_at = ?, outcome = ?, last_error = null where id = ?', [
        tx.now, outcome ?? 'done', item.id,
      ]);
      return 'handled';
    });
  } catch (error) {
    await putOff(db, scope, item.id, errorLabel(error));
    return { failed: errorLabel(error) };
  }
}

/** What the handler asks of the outside, before its transaction, so that no row waits for a network. */
async function outside(db: Database, handlers: Partial<DueHandlers>, scope: Scope, id: string): Promise<void> {
  const [row] = await db.inWorkspace(scope, (tx) =>
    tx.em.execute<{ kind: string; refId: string; dueAt: string }[]>(
      `select kind, ref_id as "refId", due_at as "dueAt" from due_item where id = ? and done_at is null and due_at <= ?`,
      [id, tx.now],
    ),
  );
  if (!row) return;
  const handler = handlerOf(handlers, row.kind);
  if (typeof handler !== 'function') await handler.outside(db, scope, { id, kind: row.kind, refId: row.refId, dueAt: rawInstant(row.dueAt) });
}

/** In a transaction of its own: the handler's was rolled back. It is tried for ever, in the end once an hour. */
async function putOff(db: Database, scope: Scope, id: string, label: string): Promise<void> {
  await db.inWorkspace(scope, async (tx) => {
    const [row] = await tx.em.execute<{ attempts: number }[]>(
      'select attempts from due_item where id = ? and done_at is null for update skip locked',
      [id],
    );
    if (!row) return;
    const attempts = row.attempts + 1;
    await tx.em.execute('update due_item set attempts = ?, last_error = ?, due_at = ? where id = ?', [
      attempts, label, new Date(tx.now.getTime() + backoff(attempts, 5_000, 3_600_000)), id,
    ]);
  });
}

function handlerOf(handlers: Partial<DueHandlers>, kind: string): DueHandlers[keyof DueHandlers] {
  const handler = isKnown(handlers, kind) ? handlers[kind] : undefined;
  if (handler === undefined) throw new UnknownDueKind();
  return handler;
}

function isKnown(handlers: Partial<DueHandlers>, kind: string): kind is keyof DueHandlers {
  return Object.hasOwn(handlers, kind);
}

class UnknownDueKind extends Error {
  override readonly name = 'UnknownDueKind';
}
