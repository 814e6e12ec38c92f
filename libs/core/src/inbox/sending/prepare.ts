import type { Tx } from '../../db/tx.js';
import { loadReach } from '../reach/load-reach.js';
import { planChannels } from '../reach/plan-channels.js';
import { failUnreachable } from './fail-message.js';
import { insertDeliveries, type NewDelivery } from './insert-deliveries.js';
import type { DeliveryRow, MessageRow } from './rows.js';

/**
 * Chooses the first channel of messages that have none yet, and queues them there; those nobody can carry fail.
 * The messages' locks are held.
 */
export async function prepare(tx: Tx, messages: readonly MessageRow[]): Promise<DeliveryRow[]> {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const chosen: NewDelivery[] = [];
  for (const reach of await loadReach(tx, [...byId.keys()])) {
    const message = byId.get(reach.messageId);
    if (!message) continue;
    const plan = planChannels(tx.services.plugins.channels, reach);
    if ('unreachable' in plan) {
      await failUnreachable(tx, message, plan.unreachable);
      continue;
    }
    const [first] = plan.channels;
    if (first) chosen.push({ messageId: message.id, broadcastId: message.broadcastId, position: 0, round: message.round, ...first });
  }
  return insertDeliveries(tx, chosen);
}
