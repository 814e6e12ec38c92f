import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import type { Tx } from '../../db/tx.js';
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
 */
export async function applyMarks(
  tx: Tx,
  messages: ReadonlyMap<string, MessageRow>,
  deliveries: readonly DeliveryRow[],
  marks: readonly DeliveryMark[],
): Promise<Marked[]> {
  const markOf = new Map(marks.map((mark) => [mark.id, mark]));
  const now = deliveries.map((row) => ({ ...row, status: markOf.get(row.id)?.status ?? row.status }));
  const touched = [...messages.values()].map((message) => ({
    message, deliveries: now.filter((each) => each.messageId === message.id),
  }));
  const failedNow = new Set(deliveries.filter((row) => row.status !== 'failed' && markOf.get(row.id)?.status === 'failed').map((row) => row.messageId));
  const fallen = touched.filter((each) => failedNow.has(each.message.id) && isFallen(each.message, each.deliveries.at(-1)));
  const next = await failOver(tx, fallen);
  const after = touched.map(({ message, deliveries: rows }) => ({
    message, ...messageStatus([...rows, ...next.filter((each) => each.messageId === message.id)], message.round),
  }));
  await writeMessages(tx, after.map(({ message, ...state }) => ({ id: message.id, ...state })));
  await hintMessages(tx, after);
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

/** The newest one failed, and it is of this round: what the team has sent again already does not fail over besides. */
function isFallen({ round }: MessageRow, newest: DeliveryRow | undefined): boolean {
  return newest?.status === 'failed' && newest.round === round;
}
