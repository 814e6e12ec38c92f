import type { LookUpQuestion } from '@sevenfold/plugin-sdk';
import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { outboundAttachments } from '../attachments/outbound-attachments.js';
import { openLinks } from '../personal-links/index.js';
import { outbound } from '../sending/outbound.js';
import { lockMessages } from '../sending/rows.js';
import { lookOf } from './look-up-later.js';

/** An attempt ends, one way or the other, within this, in ms. */
const attemptMs = 2 * 60_000;

/** A delivery nobody knows the end of, and what is asked about it. */
export interface Open {
  deliveryId: string;
  messageId: string;
  creatorId: string;
  channel: string;
  address: string;
  /** Which look this is, from 1. */
  look: number;
  question: LookUpQuestion;
}

interface Row {
  messageId: string;
  channel: string;
  address: string;
  attempts: number;
  claimedAt: string;
  senderName: string;
}

/** Puts the message together once more as it was handed over. Null when the delivery is not unknown any more. */
export async function loadQuestion(tx: Tx, deliveryId: string): Promise<Open | null> {
  const [row] = await tx.em.execute<Row[]>(
    `select d.message_id as "messageId", d.channel, d.address, d.attempts, coalesce(d.claimed_at, d.created_at) as "claimedAt", w.name as "senderName"
       from delivery d join workspace w on w.id = d.workspace_id where d.id = ? and d.status = 'unknown'`,
    [deliveryId],
  );
  const plugin = row && tx.services.plugins.channel(row.channel);
  if (!row || !plugin) return null;
  const { messageId, channel, address, senderName } = row;
  const [message] = await lockMessages(tx, [messageId]);
  if (!message) return null;
  const links = await openLinks(tx, [{ messageId, creatorId: message.creatorId, sealed: message.sealedLinks }]);
  const files = await outboundAttachments(tx, message.attachments > 0 ? [messageId] : []);
  const sentAfter = rawInstant(row.claimedAt);
  return {
    deliveryId, messageId, creatorId: message.creatorId, channel, address,
    look: await lookOf(tx, { id: deliveryId, attempts: row.attempts }),
    question: {
      message: outbound(tx, plugin, message, { id: deliveryId, address }, { senderName, links: links.get(messageId) ?? [], attachments: files.get(messageId) ?? [] }),
      sentAfter,
      sentBefore: new Date(sentAfter.getTime() + attemptMs),
    },
  };
}
