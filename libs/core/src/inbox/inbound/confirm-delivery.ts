import type { InboundMessage } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { applyStatus } from './apply-status.js';
import { referencesOf } from './find-owner.js';

/** Who answers a message by name has got it: that settles an unknown one, whatever became of its hand-over. */
export async function confirmDelivery(tx: Tx, channel: string, messageId: string, event: InboundMessage): Promise<void> {
  const { ours, theirs } = referencesOf(event);
  if (ours.length + theirs.length === 0) return;
  const rows = await tx.em.execute<{ id: string; messageId: string; providerId: string | null }[]>(
    `select d.id, d.message_id as "messageId", d.provider_id as "providerId"
       from message i join delivery d on d.message_id = i.in_reply_to_id
      where i.id = ? and d.channel = ? and d.status in ('unknown', 'sent')`,
    [messageId, channel],
  );
  const answered = rows.find(({ id, providerId }) => ours.includes(id) || (providerId !== null && theirs.includes(providerId)));
  if (!answered) return;
  await applyStatus(tx, answered.id, answered.messageId, {
    kind: 'status', providerKey: `answered:${event.providerKey}`, at: event.at, status: 'delivered',
  });
}
