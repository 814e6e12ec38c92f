import type { Database } from '../../db/database.js';
import type { Tx } from '../../db/tx.js';
import { Pacer } from '../../inbox/sending/rate/pacer.js';
import { reserveIn } from '../../inbox/sending/rate/reserve.js';

/** Broadcasts with a limit of their own that are under way in this process, and how many batches use it. */
const limits = new Map<string, { pacer: Pacer; users: number }>();

/** The budget of one broadcast on one channel. */
export const limitKey = (broadcastId: string, channel: string): string => `broadcast:${broadcastId}:${channel}`;

/** Lends the pace of a broadcast to the batches of it in this process: they share one. */
export async function withLimit<T>(
  db: Database,
  { workspaceId, broadcastId, channel, ratePerSecond }: { workspaceId: string; broadcastId: string; channel: string; ratePerSecond: number | null },
  work: (limit: Pacer | undefined) => Promise<T>,
): Promise<T> {
  if (ratePerSecond === null) return work(undefined);
  const key = limitKey(broadcastId, channel);
  const shared = limits.get(key) ?? { pacer: new Pacer(key, ratePerSecond, reserveIn(db, workspaceId)), users: 0 };
  limits.set(key, shared);
  shared.users += 1;
  try {
    return await work(shared.pacer);
  } finally {
    shared.users -= 1;
    if (shared.users === 0) limits.delete(key);
  }
}

/** Nothing of this broadcast is sent any more. */
export async function dropBudgets(tx: Tx, broadcastId: string): Promise<void> {
  await tx.em.execute('delete from send_budget where key like ?', [`${limitKey(broadcastId, '')}%`]);
}
