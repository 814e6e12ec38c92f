import type { ChannelPlugin, InboundMessage } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { attachLater, attachParts } from '../attachments/attach-parts.js';
import type { Part } from '../attachments/parts.js';
import { answerAtOnce } from './answer-at-once.js';
import { addInbound, type OnInbound } from './add-inbound.js';
import { referencesOf } from './find-owner.js';

/** A message whose owner is known, with the files kept beside its event. */
export interface Entering {
  creatorId: string;
  event: InboundMessage;
  files: readonly Part[];
}

/**
 * Enters it with its files in the creator's thread, once: copies of one message to several of our addresses are one entry.
 * @returns the entry's id, a repeat's included; null when it was erased since
 */
export async function enterMessage(tx: Tx, plugin: ChannelPlugin, { creatorId, event, files }: Entering, onInbound?: OnInbound): Promise<string | null> {
  const { channel } = plugin;
  const dedupeKey = `inbound:${channel}:${event.copyKey === undefined ? event.providerKey : `${event.copyKey}:${creatorId}`}`;
  const fact = await addInbound(
    tx,
    {
      creatorId, channel, dedupeKey, text: event.text, subject: event.subject, html: event.html, providerId: event.providerId,
      references: referencesOf(event), automatic: event.automatic,
    },
    onInbound,
  );
  if (!fact) return firstOf(tx, dedupeKey);
  await attachParts(tx, fact.messageId, files);
  await attachLater(tx, fact.messageId, (event.attachments ?? []).flatMap((each) => ('url' in each ? [each] : [])));
  if (event.autoReply !== undefined) await answerAtOnce(tx, plugin, fact, { text: event.autoReply, providerKey: event.providerKey });
  return fact.messageId;
}

async function firstOf(tx: Tx, dedupeKey: string): Promise<string | null> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from message where dedupe_key = ?', [dedupeKey]);
  return row?.id ?? null;
}
