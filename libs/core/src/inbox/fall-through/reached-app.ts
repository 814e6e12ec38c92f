import type { Tx } from '../../db/tx.js';
import { scheduleDueMany } from '../../engine/due.js';
import { hint } from '../../live/hint.js';
import { queuePushes, type AppMessage } from '../../push/queue-pushes.js';
import { messagingSettings } from '../../workspaces/messaging-settings.js';

export type ReachedApp = AppMessage & {
  /** How often the team had it sent again: each time it waits anew. */
  round: number;
};

/**
 * Messages that were just put into their creators' app: whoever isn't looking is called, and what lies unread for too long goes by mail.
 * For one as for thousands a handful of statements.
 */
export async function reachedApp(tx: Tx, messages: readonly ReachedApp[], options: { quiet?: boolean } = {}): Promise<void> {
  if (messages.length === 0) return;
  await hint(tx, messages.map(({ messageId, creatorId }) => ({ entity: 'message' as const, id: messageId, creatorId })), options);
  await queuePushes(tx, messages, options);
  if (!tx.services.plugins.channels.some(({ traits }) => traits.takesUnread)) return;
  const { fallThroughHours } = await messagingSettings(tx);
  if (fallThroughHours === null) return;
  const dueAt = new Date(tx.now.getTime() + fallThroughHours * 3_600_000);
  await scheduleDueMany(tx, messages.map(({ messageId, round }) => ({
    kind: 'message.fall-through' as const, refId: messageId, dedupeKey: `fall-through:${messageId}:${round}`, dueAt,
  })), options);
}
