import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';

/**
 * Moves open signing windows by a pause that ends now. A window that was over before the pause began stays over.
 * Every open agreement's workflow looks again.
 * @param pausedMs how long the pause was
 */
export async function shiftOpenWindows(tx: Tx, campaignId: string, pausedMs: number): Promise<void> {
  await tx.em.flush();
  const pausedAt = new Date(tx.now.getTime() - pausedMs);
  await tx.em.execute(
    `update agreement set remind_at = remind_at + ? * interval '1 millisecond', expires_at = expires_at + ? * interval '1 millisecond'
      where campaign_id = ? and status = 'pending' and expires_at > ?`,
    [pausedMs, pausedMs, campaignId, pausedAt],
  );
  const open = await tx.em.execute<{ id: string }[]>(`select id from agreement where campaign_id = ? and status = 'pending'`, [campaignId]);
  for (const { id } of open) await outbox(tx, 'agreement.changed', { agreementId: id });
}
