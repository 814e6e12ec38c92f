import type { Tx } from '../../db/tx.js';
import type { Carrier } from '../../mailboxes/carrier.js';
import { outboundAttachments } from '../attachments/outbound-attachments.js';
import { openLinks } from '../personal-links/index.js';
import { holdOverQuietHours, quietCode } from '../quiet-hours/index.js';
import { loadReach } from '../reach/load-reach.js';
import { planChannels } from '../reach/plan-channels.js';
import { applyMarks } from './apply-marks.js';
import type { Attempt } from './attempt.js';
import { loadTalks } from './load-talk.js';
import { outbound } from './outbound.js';
import { recordEvents } from './record-event.js';
import { deliveriesOf, type DeliveryRow, type MessageRow } from './rows.js';
import { windowEnd } from './window.js';
import { writeDeliveries } from './write-statuses.js';

/** A message whose lock is held, and its delivery that is queued and due. */
export interface Claimable {
  message: MessageRow;
  delivery: DeliveryRow;
  /** The author's own mailbox, if it shall leave by that. */
  carrier?: Carrier | null;
}

export interface ClaimOptions {
  /** The message goes on saying `queued`, and only the delivery says it is on its way: of thousands nobody watches the moment. */
  quiet?: boolean;
}

interface Claimed {
  attempts: Attempt[];
  /** May not be sent any more: the address was taken away or forbids it, or the time is over. */
  refused: { message: MessageRow; delivery: DeliveryRow; code: string }[];
}

/**
 * Claims deliveries for one attempt each, asking consent, window and hour once more: this is the moment of sending. Those
 * that may not be sent any more fail here, and their messages go on to the next channel; those that would disturb wait.
 */
export async function claim(tx: Tx, candidates: readonly Claimable[], claimedBy: string, { quiet = false }: ClaimOptions = {}): Promise<Attempt[]> {
  if (candidates.length === 0) return [];
  const { free, tooLate } = await holdOverQuietHours(tx, candidates);
  const { attempts, refused } = await sort(tx, free);
  await writeDelivery(tx, attempts, claimedBy);
  if (!quiet) await writeMessage(tx, attempts);
  await refuse(tx, [...refused, ...tooLate.map((each) => ({ ...each, code: quietCode }))]);
  return attempts;
}

async function refuse(tx: Tx, refused: Claimed['refused']): Promise<void> {
  if (refused.length === 0) return;
  const rows = await deliveriesOf(tx, refused.map(({ message }) => message.id));
  const marks = refused.map(({ delivery, code }) => ({
    id: delivery.id, status: 'failed' as const, providerId: null, code, reason: null, notBefore: null,
  }));
  await writeDeliveries(tx, marks);
  await recordEvents(tx, refused.map(({ delivery, code }) => ({ deliveryId: delivery.id, kind: 'refused', at: tx.now, raw: { code } })));
  await applyMarks(tx, new Map(refused.map(({ message }) => [message.id, message])), rows, marks);
}

async function sort(tx: Tx, candidates: readonly Claimable[]): Promise<Claimed> {
  const reaches = new Map((await loadReach(tx, candidates.map(({ message }) => message.id))).map((r) => [r.messageId, r]));
  const links = await openLinks(tx, candidates.map(({ message }) => ({ messageId: message.id, creatorId: message.creatorId, sealed: message.sealedLinks })));
  const files = await outboundAttachments(tx, candidates.filter(({ message }) => message.attachments > 0).map(({ message }) => message.id));
  const talks = await loadTalks(tx, candidates.map(({ message, delivery }) => ({ message, channel: delivery.channel })));
  const result: Claimed = { attempts: [], refused: [] };
  for (const { message, delivery, carrier = null } of candidates) {
    const deadline = windowEnd(delivery.createdAt, message.deadlineAt);
    const reach = reaches.get(message.id);
    const plan = reach && planChannels(tx.services.plugins.channels, reach);
    const here = plan && 'channels' in plan ? plan.channels.find((each) => each.channel === delivery.channel) : undefined;
    const plugin = tx.services.plugins.channel(delivery.channel);
    if (message.status === 'read') {
      result.refused.push({ message, delivery, code: 'read_meanwhile' });
      continue;
    }
    if (deadline <= tx.now || !here || !plugin) {
      const why = plan && 'unreachable' in plan ? plan.unreachable : 'channel_closed';
      result.refused.push({ message, delivery, code: deadline <= tx.now ? 'gave_up' : why });
      continue;
    }
    result.attempts.push({
      deliveryId: delivery.id,
      messageId: message.id,
      channel: delivery.channel,
      attempt: delivery.attempts + 1,
      outbound: outbound(tx, plugin, message, { id: delivery.id, address: here.address }, {
        senderName: reach?.senderName ?? '', links: links.get(message.id) ?? [], attachments: files.get(message.id) ?? [],
        talk: talks.get(message.id), carrier,
      }),
      carrier,
      deadline,
    });
  }
  return result;
}

async function writeDelivery(tx: Tx, attempts: readonly Attempt[], claimedBy: string): Promise<void> {
  if (attempts.length === 0) return;
  await tx.em.execute(
    `update delivery d set status = 'claimed', attempts = r.attempt, claimed_at = ?, claimed_by = ?, address = r.address, mailbox_id = r.mailbox, not_before = null,
            code = nullif(d.code, ?)
       from json_to_recordset(?::json) as r(id uuid, attempt int, address text, mailbox uuid) where d.id = r.id and d.id in (?)`,
    [
      tx.now, claimedBy, quietCode,
      JSON.stringify(attempts.map((each) => ({ id: each.deliveryId, attempt: each.attempt, address: each.outbound.to, mailbox: each.carrier?.id ?? null }))),
      attempts.map((each) => each.deliveryId),
    ],
  );
}

/** What lies in the app already stays there while another channel takes it over. */
async function writeMessage(tx: Tx, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await tx.em.execute(
    `update message m set status = 'claimed', channel = r.channel
       from json_to_recordset(?::json) as r(id uuid, channel text) where m.id = r.id and m.id in (?) and m.status in ('queued', 'claimed')`,
    [JSON.stringify(attempts.map((each) => ({ id: each.messageId, channel: each.channel }))), attempts.map((each) => each.messageId)],
  );
}
