import type { Tx } from '../../db/tx.js';
import { audit } from '../../audit/audit.js';
import { outbox } from '../../engine/outbox.js';
import { hint } from '../../live/hint.js';

/** What could not be sent for so long is no news any more, in ms. */
const longestMs = 7 * 24 * 3_600_000;

/**
 * A creator can be reached now who could not before: what was written to them in vain goes after all, unless its time is over or what it
 * tells of is no longer so.
 * @returns how many messages are on their way now
 */
export async function sendWaiting(tx: Tx, creatorId: string): Promise<number> {
  await tx.em.flush();
  const waiting = await tx.em.execute<{ id: string; campaignId: string | null }[]>(
    `update message m set status = 'queued', code = null
      where m.creator_id = ? and m.direction = 'out' and m.status = 'failed' and m.code = 'no_address' and m.purpose <> 'newsletter'
        and m.created_at > ? and (m.deadline_at is null or m.deadline_at > ?)
        and not exists (select 1 from campaign c where c.id = m.campaign_id and (c.cancelled_at is not null or c.finished_at is not null)
                           and m.kind not in ('chat', 'group', 'campaign-cancelled'))
        and (m.kind not in ('agreement', 'agreement-reminder')
             or exists (select 1 from agreement a where a.campaign_id = m.campaign_id and a.creator_id = m.creator_id and a.status = 'pending'))
        and (m.kind <> 'invite' or exists (select 1 from campaign c where c.id = m.campaign_id and c.status = 'published'))
     returning m.id, m.campaign_id as "campaignId"`,
    [creatorId, new Date(tx.now.getTime() - longestMs), tx.now],
  );
  for (const { id, campaignId } of waiting) {
    await outbox(tx, 'message.changed', { messageId: id });
    await hint(tx, { entity: 'message', id, creatorId, campaignId });
    audit(tx, { action: 'message.sent-after-all', entity: 'message', entityId: id, campaignId });
  }
  return waiting.length;
}
