import { channelWebhookUrl, type OutboundMessage, type PluginHost } from '@sevenfold/plugin-sdk';
import { TWILIO_API, type TwilioConfig } from './config.js';

/** The query parameter that carries our message id through Twilio and back. */
export const MESSAGE_ID_PARAM = 'm';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where Twilio reports on a message, with our id in it: the report resolves a message whose answer was lost.
 * Absent where the real Twilio would be given an address of this machine, which it refuses together with the message.
 */
export function statusCallback(message: OutboundMessage, config: TwilioConfig, host: PluginHost): string | undefined {
  const url = URL.parse(message.statusCallbackUrl ?? channelWebhookUrl(host, 'sms', '/status'));
  if (url === null) return undefined;
  if (config.TWILIO_API_BASE === TWILIO_API && LOOPBACK.test(url.hostname)) return undefined;
  url.searchParams.set(MESSAGE_ID_PARAM, message.id);
  return url.href;
}
