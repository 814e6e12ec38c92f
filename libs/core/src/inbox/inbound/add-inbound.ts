import { newId } from '@sevenfold/platform/ids';
import { cleanText } from '../../db/clean-text.js';
import type { Tx } from '../../db/tx.js';
import { ensureThread } from '../ensure-thread.js';
import { hideLinks, sealLinks } from '../personal-links/index.js';
import { preview } from '../preview.js';
import { findAnswered } from './find-answered.js';

export interface InboundText {
  creatorId: string;
  channel: string;
  text: string;
  /** Same key, same message. */
  dedupeKey: string;
}

/** What a creator wrote, now an entry of their thread. */
export interface InboundFact {
  messageId: string;
  creatorId: string;
  /** The campaign it belongs to, as far as can be told. */
  campaignId: string | null;
  channel: string;
  text: string;
}

/** Others who want to hear of it in the same transaction; an invite reads a YES here. */
export type OnInbound = (tx: Tx, fact: InboundFact) => Promise<void>;

/** Enters what a creator wrote in their thread, once per key. Null for a repeat. */
export async function addInbound(tx: Tx, input: InboundText, onInbound?: OnInbound): Promise<InboundFact | null> {
  await tx.em.flush();
  const threadId = await ensureThread(tx, input.creatorId);
  const answered = await findAnswered(tx, threadId, input.channel);
  const messageId = newId();
  // A mail quotes what it answers, and people forward their own links.
  const { texts: { text }, links } = hideLinks({ text: cleanText(input.text) });
  const [sealed = null] = await sealLinks(tx, [{ messageId, creatorId: input.creatorId, links }]);
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose,
       automatic, dedupe_key, in_reply_to_id, text, sealed_links, channel, status)
     values (?, ?, ?, ?, ?, ?, 'in', 'chat', 'conversation', false, ?, ?, ?, ?, ?, 'delivered')
     on conflict (workspace_id, dedupe_key) do nothing returning id`,
    [
      messageId, tx.workspaceId, tx.now, threadId, input.creatorId, answered?.campaignId ?? null, input.dedupeKey,
      answered?.messageId ?? null, text, sealed, input.channel,
    ],
  );
  if (inserted.length === 0) return null;
  const fact = { messageId, creatorId: input.creatorId, campaignId: answered?.campaignId ?? null, channel: input.channel, text };
  // Before the thread's row is touched: whoever locks a campaign does so before any thread, and listeners lock campaigns.
  await onInbound?.(tx, fact);
  await noteInThread(tx, threadId, fact);
  return fact;
}

/** What a listener has answered already comes after it, and stays the latest. */
async function noteInThread(tx: Tx, threadId: string, { messageId, channel, text }: InboundFact): Promise<void> {
  await tx.em.flush();
  await tx.em.execute(
    `update thread t set version = version + 1, unread = unread + 1, last_inbound_channel = ?,
            last_message_at = greatest(last_message_at, ?),
            last_preview = case when answered then last_preview else ? end,
            last_direction = case when answered then last_direction else 'in' end
       from (select exists (select 1 from message where thread_id = ? and direction = 'out' and created_at = ? and id > ?) as answered) a
      where t.id = ?`,
    [channel, tx.now, preview(text), threadId, tx.now, messageId, threadId],
  );
}
