import { definePlugin } from '@sevenfold/plugin-sdk';
import { configSchema } from './config.js';
import { createInstagram } from './instagram.js';

export { createInstagram } from './instagram.js';

/** Instagram by the Graph API. */
export default definePlugin({
  kind: 'social',
  id: 'social-instagram',
  name: 'Instagram',
  sdk: '^1.0.0',
  config: configSchema,
  capabilities: ['story', 'figures', 'profiles'],
  create: createInstagram,
});
