import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import type { MessageKind, MessagePurpose } from '../inbox/message-kinds.js';
import type { MessageTexts } from '../inbox/queue-message.js';
import { insertRecipients } from './insert-recipients.js';

export interface BroadcastRecipient {
  creatorId: string;
  texts: MessageTexts;
}

export interface QueueBroadcastInput {
  campaignId?: string | null;
  kind: MessageKind;
  /** Same key, same broadcast: a repeat gets the first one and sends nothing. */
  dedupeKey: string;
  purpose: MessagePurpose;
  /** Written by the product, not by a person. */
  automatic: boolean;
  authorMemberId?: string | null;
  /** A creator named twice is told once. */
  recipients: readonly BroadcastRecipient[];
}

/**
 * Puts one message to many, each into its own thread, and queues the whole for sending. Nobody sees the others.
 * With no recipients it is done at once.
 */
export async function queueBroadcast(tx: Tx, input: QueueBroadcastInput): Promise<{ broadcastId: string }> {
  await tx.em.flush();
  const recipients = [...new Map(input.recipients.map((each) => [each.creatorId, each])).values()];
  const broadcastId = newId();
  const empty = recipients.length === 0;
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into broadcast (id, workspace_id, created_at, campaign_id, kind, dedupe_key, status, total, author_member_id, done_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (workspace_id, dedupe_key) do nothing returning id`,
    [
      broadcastId, tx.workspaceId, tx.now, input.campaignId ?? null, input.kind, input.dedupeKey,
      empty ? 'done' : 'queued', recipients.length, input.authorMemberId ?? null, empty ? tx.now : null,
    ],
  );
  if (inserted.length === 0) return { broadcastId: await firstOf(tx, input.dedupeKey) };
  if (empty) return { broadcastId };
  await insertRecipients(tx, broadcastId, input, recipients);
  await outbox(tx, 'broadcast.queued', { broadcastId });
  return { broadcastId };
}

async function firstOf(tx: Tx, dedupeKey: string): Promise<string> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from broadcast where dedupe_key = ?', [dedupeKey]);
  if (!row) throw new Error('A broadcast with this dedupe key exists, yet cannot be read');
  return row.id;
}
