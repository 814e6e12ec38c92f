import { definePlugin } from '@sevenfold/plugin-sdk';
import { configSchema } from './config.js';
import { createEmailChannel } from './email-channel.js';

export { createEmailChannel } from './email-channel.js';

/** E-mail over any SMTP server, in by a listener of its own or from a mailbox. */
export default definePlugin({
  kind: 'channel',
  id: 'channel-email',
  name: 'E-mail (SMTP, IMAP)',
  sdk: '^1.0.0',
  config: configSchema,
  capabilities: ['send', 'receive', 'status'],
  create: createEmailChannel,
});
