import { definePlugin } from '@sevenfold/plugin-sdk';
import { configSchema } from './config.js';
import { createInAppChannel } from './in-app-channel.js';

export { createInAppChannel } from './in-app-channel.js';

/** Messages inside the creator app. */
export default definePlugin({
  kind: 'channel',
  id: 'channel-in-app',
  name: 'In-app messages',
  sdk: '^1.0.0',
  config: configSchema,
  capabilities: ['send'],
  create: (_config, host) => createInAppChannel(host),
});
