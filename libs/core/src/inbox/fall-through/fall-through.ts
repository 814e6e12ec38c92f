import type { Tx } from '../../db/tx.js';
import type { DueCall } from '../../engine/sweeper/due-handlers.js';
import { outbox } from '../../engine/outbox.js';
import { hint } from '../../live/hint.js';
import { loadReach } from '../reach/load-reach.js';
import { planChannels } from '../reach/plan-channels.js';
import { insertDeliveries } from '../sending/insert-deliveries.js';
import { recordEvents } from '../sending/record-event.js';
import { deliveriesOf, lockMessages, type DeliveryRow, type MessageRow } from '../sending/rows.js';

/**
 * A message has lain unread in the app for as long as the workspace waits: it goes by mail as well, as the same entry and once. Whoever
 * has no mail or forbade it keeps it in the app, which is noted. A pause of its campaign holds the mail like any other, and reading the
 * message before the mail has left takes the mail back (see `claim`).
 * @returns what became of it
 */
export async function fallThrough(tx: Tx, { refId }: Pick<DueCall, 'refId'>): Promise<string> {
  const [message] = await lockMessages(tx, [refId]);
  if (!message) return 'gone';
  const deliveries = await deliveriesOf(tx, [refId]);
  const lying = unreadInApp(tx, message, deliveries);
  if (!lying) return 'not waiting';
  const tried = new Set(deliveries.filter(({ round }) => round === message.round).map(({ channel }) => channel));
  const way = message.deadlineAt !== null && message.deadlineAt <= tx.now ? 'too late' : await wayOn(tx, message, tried);
  const goes = typeof way !== 'string';
  await recordEvents(tx, [{
    deliveryId: lying.id, kind: goes ? 'fell-through' : 'stays-in-app', providerKey: `app:unread:${message.round}`, at: tx.now,
    raw: goes ? { channel: way.channel } : { why: way },
  }]);
  if (!goes) return way;
  await insertDeliveries(tx, [{ messageId: message.id, broadcastId: null, position: deliveries.length, round: message.round, ...way }]);
  await outbox(tx, 'message.changed', { messageId: message.id });
  await hint(tx, { entity: 'message', id: message.id, creatorId: message.creatorId, campaignId: message.campaignId });
  return `to ${way.channel}`;
}

/** Its delivery in the app, when that is how it stands: the newest, arrived and not read. */
function unreadInApp(tx: Tx, message: MessageRow, deliveries: readonly DeliveryRow[]): DeliveryRow | undefined {
  if (message.status === 'read' || deliveries.some(({ status }) => status === 'read')) return undefined;
  const newest = deliveries.at(-1);
  if (!newest || newest.round !== message.round || !['sent', 'delivered'].includes(newest.status)) return undefined;
  return tx.services.plugins.channel(newest.channel)?.traits.needsAppSession ? newest : undefined;
}

/** The first channel that takes over what lay unread, may be used, and has not been tried. */
async function wayOn(tx: Tx, message: MessageRow, tried: ReadonlySet<string>): Promise<{ channel: string; address: string } | string> {
  const [reach] = await loadReach(tx, [message.id]);
  const plan = reach && planChannels(tx.services.plugins.channels, reach);
  if (!plan || 'unreachable' in plan) return plan?.unreachable ?? 'no_address';
  const takers = tx.services.plugins.channels.filter(({ traits }) => traits.takesUnread).map(({ channel }) => channel);
  const way = plan.channels.find(({ channel }) => takers.includes(channel) && !tried.has(channel));
  if (way) return way;
  if (takers.some((channel) => tried.has(channel))) return 'tried already';
  return reach.addresses.some(({ channel }) => takers.includes(channel)) ? 'opted_out' : 'no_address';
}
