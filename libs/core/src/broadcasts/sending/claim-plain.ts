import { hasAppSql } from '../../creators/views.js';
import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { outboundAttachments } from '../../inbox/attachments/outbound-attachments.js';
import { openLinks } from '../../inbox/personal-links/index.js';
import { quietCode } from '../../inbox/quiet-hours/index.js';
import { reachableAddressesSql } from '../../inbox/reach/load-reach.js';
import { planChannels } from '../../inbox/reach/plan-channels.js';
import type { Reach } from '../../inbox/reach/reach.js';
import type { Attempt } from '../../inbox/sending/attempt.js';
import { outbound, type MessageWords } from '../../inbox/sending/outbound.js';
import type { MessageRow } from '../../inbox/sending/rows.js';
import { windowEnd } from '../../inbox/sending/window.js';
import type { ClaimedGroup, Due } from './claim-due.js';
import { isOpenSql } from './is-open.js';

/** Some of them may not leave as they are queued: nothing was claimed, and the long way is to be taken. Undoes the transaction. */
export class NotPlain extends Error {}

type Row = MessageWords & Pick<MessageRow, 'id' | 'sealedLinks' | 'attachments'> & Omit<Reach, 'messageId'> & {
  open: boolean | null;
  /** Null when there is nothing to claim. */
  deliveryId: string | null;
  channel: string;
  address: string;
  attempts: number;
  queuedAt: string;
  deadlineAt: string | null;
};

/**
 * What {@link claimDue} does, in one statement, where all of them may leave as they are queued; consent is asked in it as well. That is
 * nearly all of them. Not for channels that keep quiet hours.
 * @throws NotPlain when one of them may not, or would go elsewhere by now
 */
export async function claimPlain(tx: Tx, broadcastId: string, due: readonly Due[], claimedBy: string): Promise<ClaimedGroup> {
  const rows = await tx.em.execute<Row[]>(
    `with b as materialized (select ${isOpenSql('?')} as open),
          m as materialized (
            select m.id, m.workspace_id, m.creator_id, m.thread_id, m.kind, m.broadcast_id, m.purpose, m.automatic, m.subject, m.text, m.html, m.short,
                   m.sealed_links, m.attachments, m.deadline_at, m.preferred_channel
              from b join message m on b.open
             where m.id in (?) and m.direction = 'out' and m.status in ('queued', 'claimed') order by m.id for no key update of m skip locked),
          d as (
            update delivery d set status = 'claimed', attempts = d.attempts + 1, claimed_at = ?, claimed_by = ?, mailbox_id = null, not_before = null, code = nullif(d.code, ?)
              from m where d.id in (?) and d.message_id = m.id and d.status = 'queued' and (d.not_before is null or d.not_before <= ?)
            returning d.id, d.message_id, d.channel, d.address, d.attempts, d.created_at)
     select b.open, x.* from b left join (
       select d.id as "deliveryId", d.channel, d.address, d.attempts, d.created_at as "queuedAt",
              m.id, m.creator_id as "creatorId", m.thread_id as "threadId", m.kind, m.kind = 'bulk' as bulk, m.broadcast_id as "broadcastId", m.purpose, m.automatic,
              m.subject, m.text, m.html, m.short, m.sealed_links as "sealedLinks", m.attachments, m.deadline_at as "deadlineAt",
              m.preferred_channel as "preferredChannel", w.name as "senderName", t.last_inbound_channel as "lastInboundChannel",
              c.newsletter_opt_in as "newsletterOptIn", ${hasAppSql} as "hasApp", coalesce(a.addresses, '[]'::json) as addresses
         from d join m on m.id = d.message_id
         left join creator c on c.id = m.creator_id left join thread t on t.id = m.thread_id left join workspace w on w.id = m.workspace_id
         left join lateral (${reachableAddressesSql('m.creator_id')}) a on true) x on true`,
    [broadcastId, due.map(({ messageId }) => messageId), tx.now, claimedBy, quietCode, due.map(({ id }) => id), tx.now],
  );
  const claimed = rows.flatMap((row) => (row.deliveryId === null ? [] : [{ ...row, deliveryId: row.deliveryId }]));
  const links = await openLinks(tx, claimed.map(({ id, creatorId, sealedLinks }) => ({ messageId: id, creatorId, sealed: sealedLinks })));
  const files = await outboundAttachments(tx, claimed.filter(({ attachments }) => attachments > 0).map(({ id }) => id));
  const attempts = claimed.map((row): Attempt => {
    const { id: messageId, deliveryId, channel, address, senderName } = row;
    const plugin = tx.services.plugins.channel(channel);
    const plan = planChannels(tx.services.plugins.channels, { ...row, messageId });
    const here = 'channels' in plan && plan.channels.some((each) => each.channel === channel && each.address === address);
    const deadline = windowEnd(rawInstant(row.queuedAt), rawInstantOrNull(row.deadlineAt));
    if (!plugin || !here || deadline <= tx.now) throw new NotPlain();
    const message = outbound(tx, plugin, row, { id: deliveryId, address }, { senderName, links: links.get(messageId) ?? [], attachments: files.get(messageId) ?? [] });
    return { deliveryId, messageId, channel, attempt: row.attempts, outbound: message, deadline, carrier: null };
  });
  return { attempts, closed: rows.every(({ open }) => open !== true) };
}

/** @returns what `work` claims, or `otherwise` does when it says {@link NotPlain} */
export async function plainOr<T>(work: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotPlain) return otherwise();
    throw error;
  }
}
