import type { PluginHost } from '../host.js';

/** Where the API hands provider requests to `receive`: this, a slash, the channel's id, and whatever the plugin appends. */
export const CHANNEL_WEBHOOK_PATH = '/v1/hooks/channels';

/** The public URL of a channel's webhook, e.g. `channelWebhookUrl(host, 'sms', '/status')`. */
export function channelWebhookUrl(host: Pick<PluginHost, 'publicUrl'>, channel: string, suffix = ''): string {
  return `${host.publicUrl.replace(/\/+$/, '')}${CHANNEL_WEBHOOK_PATH}/${channel}${suffix}`;
}
