import type { ChannelPlugin } from '../../channel/channel-plugin.js';
import type { InboundEvent, InboundRequest, ReceiveResult } from '../../channel/inbound.js';
import { CHANNEL_WEBHOOK_PATH } from '../../channel/webhook-url.js';
import type { UnsignedRequest, Webhooks } from '../harness.js';
import { PATIENCE_MS, PUBLIC_URL } from './stage.js';
import { expect, Failed, shown, within } from './verdict.js';

/** A request as the provider would make it to this channel; `forged` by somebody who does not know the secret. */
export function signed(webhooks: Webhooks, channel: string, request: UnsignedRequest, forged = false): InboundRequest {
  const path = `${CHANNEL_WEBHOOK_PATH}/${channel}${request.path ?? ''}`;
  const headers = webhooks.sign({ ...request, url: PUBLIC_URL + path }, forged);
  const all = Object.entries({ ...request.headers, ...headers }).map(([name, value]) => [name.toLowerCase(), value]);
  return { method: request.method ?? 'POST', path, headers: Object.fromEntries(all), rawBody: Buffer.from(request.body) };
}

/** What the plugin says to a request; a throw fails the check. */
export async function receive(plugin: ChannelPlugin, request: InboundRequest): Promise<ReceiveResult> {
  if (plugin.receive === undefined) throw new Failed('the plugin has no `receive`');
  try {
    return await within(PATIENCE_MS, plugin.receive(request), 'receive');
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(`receive threw ${error instanceof Error ? error.name : 'something'}: a request it cannot read is answered, not thrown at`);
  }
}

/** The events of a request that was rightly signed. */
export async function eventsOf(plugin: ChannelPlugin, request: InboundRequest): Promise<readonly InboundEvent[]> {
  const result = await receive(plugin, request);
  expect(result.verified, `a rightly signed request was refused: ${shown(result.verified ? '' : result.reason)}`);
  const { status } = result.answer;
  expect(status >= 200 && status < 300, `a rightly signed request was answered with ${status}: the provider would send it for ever`);
  for (const event of result.events) {
    expect(typeof event.providerKey === 'string' && event.providerKey !== '', `an event without providerKey: ${shown(event)}`);
    expect(event.at instanceof Date && !Number.isNaN(event.at.getTime()), `an event without an instant: ${shown(event)}`);
  }
  return result.events;
}
