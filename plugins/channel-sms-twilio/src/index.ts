import { definePlugin } from '@sevenfold/plugin-sdk';
import { configSchema } from './config.js';
import { createSmsChannel } from './sms-channel.js';

export { createSmsChannel } from './sms-channel.js';

/** SMS by Twilio. */
export default definePlugin({
  kind: 'channel',
  id: 'channel-sms-twilio',
  name: 'SMS (Twilio)',
  sdk: '^1.0.0',
  config: configSchema,
  capabilities: ['send', 'receive', 'status'],
  create: createSmsChannel,
});
