import type { HttpAnswer, InboundEvent, InboundRequest } from '@sevenfold/plugin-sdk';
import type { Logger } from '@sevenfold/platform/logging';
import { errorLabel } from '../../engine/error-label.js';
import { storeInbound, unroutedItem, unroutedSince, type UnroutedItem } from './inbound-item.js';
import { routeItem, type RouteParts } from './route-item.js';

export interface ReceiveParts extends RouteParts {
  logger: Logger;
}

/** How long an item without an owner is looked at again, in ms: a status may overtake the mark it is about. */
const patienceMs = 24 * 3_600_000;

/**
 * Takes a provider's webhook: the plugin checks and reads it, the events are stored, and only then it is answered.
 * What could not be brought to its owner right away is tried again by {@link routePending}.
 * @returns the answer for the provider, or null when there is no such channel or it has no webhooks
 */
export async function receiveInbound(parts: ReceiveParts, channel: string, request: InboundRequest): Promise<HttpAnswer | null> {
  const plugin = parts.db.services.plugins.channel(channel);
  if (!plugin?.receive) return null;
  const result = await plugin.receive(request);
  if (!result.verified) {
    parts.logger.warn({ channel, reason: result.reason }, 'webhook refused');
    return result.answer;
  }
  await routeAll(parts, await storeInbound(parts.system, channel, result.events));
  return result.answer;
}

/**
 * Keeps events of a receiver; only when this has resolved may they be acknowledged.
 * @returns what brings them to their owners, to be run afterwards; never throws
 */
export async function takeInbound(parts: ReceiveParts, channel: string, events: readonly InboundEvent[]): Promise<() => Promise<number>> {
  const items = await storeInbound(parts.system, channel, events);
  return () => routeAll(parts, items);
}

/** Tries once more what has found no owner. @returns how many did now */
export async function routePending(parts: ReceiveParts, limit = 200): Promise<number> {
  let routed = 0;
  for (const { id } of await unroutedSince(parts.system, (now) => new Date(now.getTime() - patienceMs), limit)) {
    const item = await unroutedItem(parts.system, id);
    routed += item ? await routeAll(parts, [item]) : 0;
  }
  return routed;
}

/** One at a time and in order: two words of one person are heard in the order they were said. */
async function routeAll(parts: ReceiveParts, items: readonly UnroutedItem[]): Promise<number> {
  let routed = 0;
  for (const item of items) {
    try {
      routed += (await routeItem(parts, item)) ? 1 : 0;
    } catch (error) {
      parts.logger.error({ item: item.id, channel: item.channel, code: errorLabel(error) }, 'inbound item could not be routed yet');
    }
  }
  return routed;
}
