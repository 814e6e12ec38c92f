import { type ChannelPlugin, networkReason, type PluginHealth, type PluginHost } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { fetchMedia } from './fetch-media.js';
import { lookUp } from './look-up.js';
import { normaliseNumber } from './normalise-number.js';
import { receive } from './receive.js';
import { measureText } from './segments.js';
import { send } from './send.js';
import { createTwilioClient, type TwilioClient } from './twilio-client.js';

/** SMS and MMS by Twilio. */
export function createSmsChannel(config: TwilioConfig, host: PluginHost): ChannelPlugin {
  const client = createTwilioClient(config);
  return {
    channel: 'sms',
    label: 'SMS',
    sender: config.TWILIO_MESSAGING_SERVICE_SID ?? config.TWILIO_FROM ?? '',
    traits: {
      newsletter: false,
      rich: false,
      repeatCostsMoney: true,
      connections: config.TWILIO_CONNECTIONS,
      bodyTemplate: 'short',
      needsAppSession: false,
      disturbs: true,
      ratePerSecond: config.TWILIO_RATE_PER_SECOND,
      attachments: true,
    },
    normalise: (address) => normaliseNumber(address, config.TWILIO_DEFAULT_COUNTRY),
    send: (message, context) => send(message, context, config, host, client),
    receive: (request) => receive(request, config, host),
    fetchAttachment: (ref, context) => fetchMedia(ref, context, config),
    lookUp: (question, { signal }) => lookUp(question, config, client, signal),
    measure: measureText,
    health: () => health(client),
    close: async () => {},
  };
}

async function health(client: TwilioClient): Promise<PluginHealth> {
  try {
    const answer = await client.get('.json');
    return answer.status === 200 ? { ok: true } : { ok: false, detail: `Twilio: HTTP ${answer.status}` };
  } catch (error) {
    return { ok: false, detail: `Twilio: ${networkReason(error)}` };
  }
}
