import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';

/** Rings for the messages a pause held back, so that nobody has to look every few seconds whether it is over. */
export async function wakeHeld(tx: Tx, campaignId: string): Promise<void> {
  await tx.em.flush();
  const held = await tx.em.execute<{ id: string }[]>(
    `select id from message m where campaign_id = ? and automatic and direction = 'out'
        and (broadcast_id is null and status = 'queued'
             or exists (select 1 from delivery d where d.message_id = m.id and d.broadcast_id is null and d.status = 'queued'))`,
    [campaignId],
  );
  for (const { id } of held) await outbox(tx, 'message.changed', { messageId: id });
  const broadcasts = await tx.em.execute<{ id: string }[]>(
    `select id from broadcast where campaign_id = ? and status in ('queued', 'sending')`,
    [campaignId],
  );
  await outbox(tx, 'story.changed', { campaignId });
  for (const { id } of broadcasts) await outbox(tx, 'broadcast.changed', { broadcastId: id });
}
