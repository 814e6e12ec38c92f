import { definePlugin } from '@sevenfold/plugin-sdk';
import { configSchema } from './config.js';
import { createWhatsAppChannel } from './whatsapp-channel.js';

/** WhatsApp by Meta's Cloud API. */
export default definePlugin({
  kind: 'channel',
  id: 'channel-whatsapp',
  name: 'WhatsApp (Cloud API)',
  sdk: '^1.0.0',
  config: configSchema,
  capabilities: ['send', 'receive', 'status'],
  create: createWhatsAppChannel,
});
