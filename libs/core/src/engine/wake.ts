import type { Tx } from '../db/tx.js';

/** The one wake-up there is, for the relay and for who hands on live hints. It carries nothing: a lost one costs a poll, never an item. */
export const wakeChannel = 'sevenfold_outbox';

const woken = new WeakSet<object>();

/** Rings once per transaction, at its commit. */
export async function wakeListeners(tx: Pick<Tx, 'em'>): Promise<void> {
  if (woken.has(tx.em)) return;
  woken.add(tx.em);
  await tx.em.execute(`select pg_notify(?, '')`, [wakeChannel]);
}
