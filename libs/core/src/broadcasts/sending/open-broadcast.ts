import type { Tx } from '../../db/tx.js';
import { isOpen } from './is-open.js';

/** What a batch must know of its broadcast. `held`: paused, or held back by its campaign's pause. */
export interface OpenBroadcast {
  state: 'open' | 'over' | 'held';
  total: number;
  ratePerSecond: number | null;
}

/** Marks the broadcast as under way, unless it is over or held back. */
export async function openBroadcast(tx: Tx, broadcastId: string): Promise<OpenBroadcast> {
  const [row] = await tx.em.execute<{ status: string; total: number; ratePerSecond: number | null }[]>(
    'select status, total, rate_per_second as "ratePerSecond" from broadcast where id = ?',
    [broadcastId],
  );
  if (!row || !['queued', 'sending'].includes(row.status)) return { state: 'over', total: 0, ratePerSecond: null };
  if (!(await isOpen(tx, broadcastId))) return { state: 'held', ...row };
  if (row.status === 'queued') {
    await tx.em.execute(`update broadcast set status = 'sending', started_at = coalesce(started_at, ?) where id = ? and status = 'queued'`, [tx.now, broadcastId]);
  }
  return { state: 'open', ...row };
}
