import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** The newsletter that waits for its time; null when no campaign waits for one. `dueAt` is ms since the epoch. */
export async function nextDigest(tx: Tx): Promise<{ digestId: string; dueAt: number } | null> {
  const [row] = await tx.em.execute<{ id: string; due_at: string }[]>(
    `select id, due_at from digest where status = 'waiting' order by due_at, id limit 1`,
  );
  return row ? { digestId: row.id, dueAt: rawInstant(row.due_at).getTime() } : null;
}
