import type { Json } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { traceparent } from '@sevenfold/platform/telemetry';
import type { Tx } from '../db/tx.js';
import { OutboxItem } from './outbox-item.entity.js';
import { wakeChannel, wakeListeners } from './wake.js';

/** Everything the engine can be told, with the row it is about. Payloads carry ids only: they may end in a history. */
export interface OutboxKinds {
  'campaign.changed': { campaignId: string };
  'campaign.wake': { campaignId: string };
  'agreement.wake': { agreementId: string };
  'broadcast.wake': { broadcastId: string };
  'agreement.sent': { agreementId: string };
  'agreement.changed': { agreementId: string };
  'message.queued': { messageId: string };
  'message.changed': { messageId: string };
  'broadcast.queued': { broadcastId: string };
  'broadcast.changed': { broadcastId: string };
  'story.requested': { campaignId: string };
  'story.changed': { campaignId: string };
  'digest.changed': Record<string, never>;
  'due.changed': Record<string, never>;
  'notice.created': { noticeId: string };
}
export type OutboxKind = keyof OutboxKinds;

/** The wake-up of the relay. */
export const outboxChannel = wakeChannel;

/**
 * Writes an item with the fact it tells of, in the fact's transaction; the relay delivers it at least once after the
 * commit. Wakes the relay once per transaction; `quiet`, in bulk paths, leaves that to its next look a second later.
 */
export async function outbox<K extends OutboxKind>(tx: Tx, kind: K, payload: OutboxKinds[K], { quiet = false } = {}): Promise<void> {
  // Whoever delivers it goes on in the trace of the fact; nothing is added when nothing is traced.
  const trace = traceparent();
  tx.em.persist(
    tx.em.create(OutboxItem, {
      id: newId(),
      workspaceId: tx.workspaceId,
      createdAt: tx.now,
      kind,
      payload: { ...(payload as Record<string, Json>), ...(trace && { trace }) },
      availableAt: tx.now,
      attempts: 0,
    }),
  );
  if (!quiet) await wakeListeners(tx);
}
