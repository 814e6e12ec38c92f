import { accepted, type ChannelPlugin, type NormalisedAddress, pastDeadline, type PluginHost } from '@sevenfold/plugin-sdk';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The address is the creator's id: the thread it opens in the app is the mailbox. */
function normalise(address: string): NormalisedAddress {
  const id = address.trim().toLowerCase();
  return UUID.test(id) ? { ok: true, address: id } : { ok: false, reason: 'not a creator id' };
}

/**
 * The channel whose delivery has happened before it is asked: the message's row in the creator's thread is what the app shows.
 * What remains is a hint to open apps, and that is the product's own business once the row is marked.
 */
export function createInAppChannel(host: PluginHost): ChannelPlugin {
  return {
    channel: 'in-app',
    label: 'In-app',
    sender: 'in-app',
    traits: {
      newsletter: true,
      rich: false,
      repeatCostsMoney: false,
      repeatHarmless: true,
      connections: 20,
      bodyTemplate: 'text',
      needsAppSession: true,
    },
    normalise,
    send: async (message, context) => (await pastDeadline(context, host)) ?? accepted(message.id),
    health: async () => ({ ok: true }),
    close: async () => {},
  };
}
