import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { outbox } from './outbox.js';

/** The small waits there are; the sweeper has one handler for each. */
export const dueKinds = ['results.request', 'results.remind', 'attachment.fetch', 'delivery.look-up', 'thread.wake', 'sequence.step', 'reply.remind', 'reply.overdue', 'message.fall-through', 'push.send', 'broadcast.send'] as const;
export type DueKind = (typeof dueKinds)[number];

export interface DueRequest {
  kind: DueKind;
  /** The row it is about. */
  refId: string;
  /** Same key, same wait: asking twice moves nothing. */
  dedupeKey: string;
  dueAt: Date;
}

/** {@link scheduleDue} for many at once. @param quiet in bulk paths: rings no bell */
export async function scheduleDueMany(tx: Tx, requests: readonly DueRequest[], { quiet = false } = {}): Promise<void> {
  if (requests.length === 0) return;
  await tx.em.execute(
    `insert into due_item (id, workspace_id, created_at, kind, ref_id, dedupe_key, due_at, attempts)
     select r.id, ?, ?, r.kind, r."refId", r."dedupeKey", r."dueAt", 0
       from json_to_recordset(?::json) as r(id uuid, kind text, "refId" uuid, "dedupeKey" text, "dueAt" timestamptz)
     on conflict (workspace_id, dedupe_key) do nothing`,
    [tx.workspaceId, tx.now, JSON.stringify(requests.map((each) => ({ id: newId(), ...each })))],
  );
  await tellSweeper(tx, quiet);
}

/** Transactions that have told the sweeper already: a hundred waits need one word. */
const rung = new WeakSet<object>();

/** Puts a small wait in the durable due-queue and tells the sweeper, which may be waiting for a later one. */
export async function scheduleDue(tx: Tx, request: DueRequest): Promise<void> {
  await tx.em.execute(
    `insert into due_item (id, workspace_id, created_at, kind, ref_id, dedupe_key, due_at, attempts)
     values (?, ?, ?, ?, ?, ?, ?, 0) on conflict (workspace_id, dedupe_key) do nothing`,
    [newId(), tx.workspaceId, tx.now, request.kind, request.refId, request.dedupeKey, request.dueAt],
  );
  await tellSweeper(tx);
}

async function tellSweeper(tx: Tx, quiet = false): Promise<void> {
  if (rung.has(tx.em)) return;
  rung.add(tx.em);
  await outbox(tx, 'due.changed', {}, { quiet });
}
