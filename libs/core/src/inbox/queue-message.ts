import { newId } from '@sevenfold/platform/ids';
import { cleanText } from '../db/clean-text.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { ensureThread } from './ensure-thread.js';
import { hintThread } from './hint-thread.js';
import type { MessageKind, MessagePurpose } from './message-kinds.js';
import { hideLinks, sealLinks } from './personal-links/index.js';
import { touchThread } from './touch-thread.js';

/** What is said, in the forms channels need: `html` for rich ones, `short` for SMS, `text` for all others. */
export interface MessageTexts {
  subject?: string;
  text: string;
  html?: string;
  short?: string;
}

export interface QueueMessageInput {
  creatorId: string;
  campaignId?: string | null;
  kind: MessageKind;
  texts: MessageTexts;
  /** Same key, same message: a repeat gets the first one and sends nothing. */
  dedupeKey: string;
  /** Written by the product, not by a person. */
  automatic: boolean;
  purpose: MessagePurpose;
  /** A channel's id the team chose; tried first. */
  preferredChannel?: string | null;
  /** After this nothing is handed over any more; otherwise 24 hours after now. */
  deadlineAt?: Date | null;
  /** Lets it disturb at night; answers the law asks for, and what a member insists on. */
  ignoreQuietHours?: boolean;
  authorMemberId?: string | null;
  broadcastId?: string | null;
}

/**
 * Puts a message to one creator into their thread and queues it for sending, in the transaction of the fact it tells
 * of. Which channel carries it is decided when it is sent. Personal links in the texts are kept apart, for the creator alone.
 */
export async function queueMessage(tx: Tx, input: QueueMessageInput): Promise<{ messageId: string }> {
  await tx.em.flush(); // the creator, campaign or member may have been made in this transaction
  const messageId = newId();
  const { texts, links } = hideLinks({ ...cleaned(input.texts) });
  const [sealed = null] = await sealLinks(tx, [{ messageId, creatorId: input.creatorId, links }]);
  const threadId = await ensureThread(tx, input.creatorId);
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose,
       automatic, dedupe_key, broadcast_id, author_member_id, subject, text, html, short, sealed_links,
       preferred_channel, status, deadline_at, ignore_quiet_hours)
     values (?, ?, ?, ?, ?, ?, 'out', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)
     on conflict (workspace_id, dedupe_key) do nothing returning id`,
    [
      messageId, tx.workspaceId, tx.now, threadId, input.creatorId, input.campaignId ?? null, input.kind, input.purpose,
      input.automatic, input.dedupeKey, input.broadcastId ?? null, input.authorMemberId ?? null, texts.subject ?? null,
      texts.text, texts.html ?? null, texts.short ?? null, sealed, input.preferredChannel ?? null, input.deadlineAt ?? null,
      input.ignoreQuietHours ?? false,
    ],
  );
  if (inserted.length === 0) return { messageId: await firstOf(tx, input.dedupeKey) };
  const answers = input.kind === 'chat' && !input.automatic && input.authorMemberId != null && input.broadcastId == null;
  await touchThread(tx, threadId, texts.text, { answers });
  await hintThread(tx, threadId, messageId);
  await outbox(tx, 'message.queued', { messageId });
  return { messageId };
}

function cleaned({ text, subject, html, short }: MessageTexts): MessageTexts {
  return {
    text: cleanText(text),
    ...(subject !== undefined && { subject: cleanText(subject) }),
    ...(html !== undefined && { html: cleanText(html) }),
    ...(short !== undefined && { short: cleanText(short) }),
  };
}

async function firstOf(tx: Tx, dedupeKey: string): Promise<string> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from message where dedupe_key = ?', [dedupeKey]);
  if (!row) throw new Error('A message with this dedupe key exists, yet cannot be read');
  return row.id;
}
