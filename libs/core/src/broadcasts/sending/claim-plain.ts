import { hasAppSql } from '../../creators/views.js';
import { executePrepared } from '../../db/execute-prepared.js';
import { Prepared } from '../../db/prepared.js';
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
 * $1 the broadcast, $2 messages, $3 their deliveries, $4 now, $5 who claims, $6 the code of quiet hours. What belongs to one message is asked for
 * by itself: joined, a table the server believes to be small (it was, a minute ago) would be read whole for every message.
 */
const claimSql = new Prepared(
  `with b as materialized (select ${isOpenSql('$1')} as open),
        m as materialized (
          select m.id, m.workspace_id, m.creator_id, m.thread_id, m.kind, m.broadcast_id, m.purpose, m.automatic, m.subject, m.text, m.html, m.short,
                 m.sealed_links, m.attachments, m.deadline_at, m.preferred_channel
            from b join message m on b.open
           where m.id = any($2::uuid[]) and m.direction = 'out' and m.status in ('queued', 'claimed') order by m.id for no key update of m skip locked),
        d as (
          update delivery d set status = 'claimed', attempts = d.attempts + 1, claimed_at = $4, claimed_by = $5, mailbox_id = null, not_before = null, code = nullif(d.code, $6)
            from m where d.id = any($3::uuid[]) and d.message_id = m.id and (d.status = 'queued') is true and (d.not_before is null or d.not_before <= $4)
          returning d.id as "deliveryId", d.channel, d.address, d.attempts, d.created_at as "queuedAt", m.*)
   select b.open, x.* from b left join (
     select d."deliveryId", d.channel, d.address, d.attempts, d."queuedAt",
            d.id, d.creator_id as "creatorId", d.thread_id as "threadId", d.kind, d.kind = 'bulk' as bulk, d.broadcast_id as "broadcastId", d.purpose, d.automatic,
            d.subject, d.text, d.html, d.short, d.sealed_links as "sealedLinks", d.attachments, d.deadline_at as "deadlineAt",
            d.preferred_channel as "preferredChannel",
            (select w.name from workspace w where w.id = d.workspace_id) as "senderName",
            (select t.last_inbound_channel from thread t where t.id = d.thread_id) as "lastInboundChannel",
            (select c.newsletter_opt_in from creator c where c.id = d.creator_id) as "newsletterOptIn",
            (select ${hasAppSql} from creator c where c.id = d.creator_id) as "hasApp",
            coalesce((${reachableAddressesSql('d.creator_id')}), '[]'::json) as addresses
       from d) x on true`,
);

/**
 * What {@link claimDue} does, in one statement, where all of them may leave as they are queued; consent is asked in it as well. That is
 * nearly all of them. Not for channels that keep quiet hours.
 * @throws NotPlain when one of them may not, or would go elsewhere by now
 */
export async function claimPlain(tx: Tx, broadcastId: string, due: readonly Due[], claimedBy: string): Promise<ClaimedGroup> {
  const rows = await executePrepared<Row>(
    tx, claimSql, [broadcastId, due.map(({ messageId }) => messageId), due.map(({ id }) => id), tx.now, claimedBy, quietCode],
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
