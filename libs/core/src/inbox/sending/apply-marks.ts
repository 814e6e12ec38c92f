import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';
import { reachedApp, type ReachedApp } from '../fall-through/reached-app.js';
import { failOver } from './fail-over.js';
import { hintMessages } from './hint-messages.js';
import { messageStatus } from './message-status.js';
import type { DeliveryRow, MessageRow } from './rows.js';
import { writeMessages, type DeliveryMark } from './write-statuses.js';

/** What became of the delivery. */
export interface Marked {
  messageId: string;
  status: DeliveryStatus;
  /** When it may be tried again, in ms from now; null when it goes no further on this channel. */
  retryAfterMs: number | null;
  /** The message goes on over another channel. */
  failedOver: boolean;
}

/**
 * Brings messages and failover in line with marks that were just written. The messages' locks are held.
 * @param deliveries all of those messages' deliveries, as they were before the marks
 * @param failsOver false: what failed stays where it is
 */
export async function applyMarks(
  tx: Tx,
  messages: ReadonlyMap<string, MessageRow>,
  deliveries: readonly DeliveryRow[],
  marks: readonly DeliveryMark[],
  { failsOver = true }: { failsOver?: boolean } = {},
): Promise<Marked[]> {
  const markOf = new Map(marks.map((mark) => [mark.id, mark]));
  const now = deliveries.map((row) => ({ ...row, status: markOf.get(row.id)?.status ?? row.status }));
  const touched = [...messages.values()].map((message) => ({
    message, deliveries: now.filter((each) => each.messageId === message.id),
  }));
  const failedNow = new Set(deliveries.filter((row) => row.status !== 'failed' && markOf.get(row.id)?.status === 'failed').map((row) => row.messageId));
  const fallen = touched.filter((each) => failedNow.has(each.message.id) && isFallen(each.message, each.deliveries.at(-1)));
  const next = failsOver ? await failOver(tx, fallen) : [];
  const after = touched.map(({ message, deliveries: rows }) => ({
    message, ...messageStatus([...rows, ...next.filter((each) => each.messageId === message.id)], message.round),
  }));
  await writeMessages(tx, after.map(({ message, ...state }) => ({ id: message.id, ...state })));
  await hintMessages(tx, after);
  await reachedApp(tx, newInApp(tx, messages, deliveries, marks));
  return marks.flatMap((mark) => {
    const messageId = deliveries.find((row) => row.id === mark.id)?.messageId;
    if (messageId === undefined) return [];
    return [{
      messageId,
      status: mark.status,
      retryAfterMs: mark.notBefore ? Math.max(0, mark.notBefore.getTime() - tx.now.getTime()) : null,
      failedOver: next.some((each) => each.messageId === messageId),
    }];
  });
}

/** Messages whose delivery into the app was marked just now. */
function newInApp(tx: Tx, messages: ReadonlyMap<string, MessageRow>, before: readonly DeliveryRow[], marks: readonly DeliveryMark[]): ReachedApp[] {
  return marks.flatMap((mark) => {
    const row = before.find(({ id }) => id === mark.id);
    const message = row && messages.get(row.messageId);
    if (!message || mark.status !== 'sent' || row.status === 'sent') return [];
    if (!tx.services.plugins.channel(row.channel)?.traits.needsAppSession) return [];
    return [{ messageId: message.id, creatorId: message.creatorId, round: message.round, ignoreQuietHours: message.ignoreQuietHours }];
  });
}

/** The newest one failed, and it is of this round: what the team has sent again already does not fail over besides. */
function isFallen({ round }: MessageRow, newest: DeliveryRow | undefined): boolean {
  return newest?.status === 'failed' && newest.round === round;
}
