import type { Tx } from '../../db/tx.js';
import { loadReach } from '../reach/load-reach.js';
import { planChannels } from '../reach/plan-channels.js';
import { insertDeliveries, type NewDelivery } from './insert-deliveries.js';
import type { DeliveryRow, MessageRow } from './rows.js';

/** A message whose newest delivery has failed for good. */
export interface Fallen {
  message: MessageRow;
  deliveries: readonly DeliveryRow[];
}

/**
 * Queues each message on the next channel, once per message and not past its deadline. The locks are held.
 * @returns the new deliveries; a message without one has failed for good
 */
export async function failOver(tx: Tx, fallen: readonly Fallen[]): Promise<DeliveryRow[]> {
  const open = fallen.filter(
    ({ message, deliveries }) => inRound(message, deliveries).length === 1 && (message.deadlineAt === null || message.deadlineAt > tx.now),
  );
  const byId = new Map(open.map((each) => [each.message.id, each]));
  const next: NewDelivery[] = [];
  for (const reach of await loadReach(tx, [...byId.keys()])) {
    const found = byId.get(reach.messageId);
    const plan = planChannels(tx.services.plugins.channels, reach);
    if (!found || 'unreachable' in plan) continue;
    const tried = new Set(inRound(found.message, found.deliveries).map((each) => each.channel));
    const channel = plan.channels.find((each) => !tried.has(each.channel));
    if (!channel) continue;
    next.push({ messageId: reach.messageId, broadcastId: reach.broadcastId, position: found.deliveries.length, round: found.message.round, ...channel });
  }
  return insertDeliveries(tx, next);
}

/** When the team has it sent again, every channel counts anew. */
function inRound({ round }: MessageRow, deliveries: readonly DeliveryRow[]): DeliveryRow[] {
  return deliveries.filter((each) => each.round === round);
}
