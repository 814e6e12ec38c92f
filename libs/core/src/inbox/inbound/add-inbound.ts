import { newId } from '@sevenfold/platform/ids';
import { cleanText } from '../../db/clean-text.js';
import type { Tx } from '../../db/tx.js';
import { ensureThread } from '../ensure-thread.js';
import { hintThread } from '../hint-thread.js';
import { hideLinks, sealLinks } from '../personal-links/index.js';
import { quotedFrom } from '../quoting/index.js';
import { stopOnReply } from '../../sequences/stop-runs.js';
import { findAnswered } from './find-answered.js';
import { findReferred, type References } from './find-referred.js';
import { noteInThread } from './note-in-thread.js';
import { sanitise } from './sanitise.js';

export interface InboundText {
  creatorId: string;
  channel: string;
  text: string;
  /** Same key, same message. */
  dedupeKey: string;
  subject?: string | undefined;
  /** As it came; what could do harm is taken out here. */
  html?: string | undefined;
  /** Its own id, by which later ones refer to it. */
  providerId?: string | undefined;
  /** What it says it answers. */
  references?: References | undefined;
  /** A machine wrote it: shown, but nobody waits for an answer, and nobody hears of it. */
  automatic?: boolean | undefined;
}

/** What a creator wrote, now an entry of their thread. */
export interface InboundFact {
  messageId: string;
  creatorId: string;
  /** The campaign it belongs to, as far as can be told. */
  campaignId: string | null;
  channel: string;
  /** Their own words: without the quotation at its end. */
  text: string;
}

/** Others who want to hear of it in the same transaction; an invite reads a YES here. Never called for what a machine wrote. */
export type OnInbound = (tx: Tx, fact: InboundFact) => Promise<void>;

/** Enters what a creator wrote in their thread, once per key. Null for a repeat. */
export async function addInbound(tx: Tx, input: InboundText, onInbound?: OnInbound): Promise<InboundFact | null> {
  await tx.em.flush();
  const { creatorId, channel, automatic = false } = input;
  const threadId = await ensureThread(tx, creatorId);
  const answered = await whatItAnswers(tx, threadId, input);
  const messageId = newId();
  // A mail quotes what it answers, and people forward their own links.
  const { texts, links } = hideLinks({
    text: cleanText(input.text),
    subject: input.subject === undefined ? undefined : cleanText(input.subject).slice(0, longestSubject),
    html: input.html === undefined ? undefined : await sanitise(cleanText(input.html)),
  });
  const [sealed = null] = await sealLinks(tx, [{ messageId, creatorId, links }]);
  const tail = quotedFrom(texts.text);
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into message (id, workspace_id, created_at, thread_id, creator_id, campaign_id, direction, kind, purpose,
       automatic, dedupe_key, in_reply_to_id, subject, text, quoted_from, html, sealed_links, channel, provider_id, status)
     values (?, ?, ?, ?, ?, ?, 'in', 'chat', 'conversation', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'delivered')
     on conflict (workspace_id, dedupe_key) do nothing returning id`,
    [
      messageId, tx.workspaceId, tx.now, threadId, creatorId, answered?.campaignId ?? null, automatic, input.dedupeKey,
      answered?.messageId ?? null, texts.subject ?? null, texts.text, tail, texts.html ?? null, sealed, channel,
      input.providerId === undefined ? null : cleanText(input.providerId),
    ],
  );
  if (inserted.length === 0) return null;
  const own = texts.text.slice(0, tail ?? undefined).trimEnd();
  const fact = { messageId, creatorId, campaignId: answered?.campaignId ?? null, channel, text: own };
  // Before the thread's row is touched: whoever locks a campaign does so before any thread, and listeners lock campaigns.
  if (!automatic) await onInbound?.(tx, fact);
  if (!automatic) await stopOnReply(tx, creatorId);
  await noteInThread(tx, threadId, { ...fact, automatic });
  await hintThread(tx, threadId, messageId);
  return fact;
}

const longestSubject = 998;

/** What it refers to in this very thread, else the last we sent; the campaign likewise. */
async function whatItAnswers(tx: Tx, threadId: string, { channel, references }: InboundText) {
  const referred = references && (await findReferred(tx, threadId, references));
  if (referred && referred.campaignId !== null) return referred;
  const last = await findAnswered(tx, threadId, channel);
  return referred ? { ...referred, campaignId: last?.campaignId ?? null } : last;
}
