import { newDataKey } from '@sevenfold/platform/crypto';

/** What somebody who installs the product makes up: one value for each secret of the examples. */
export const madeUp: Record<string, string> = {
  POSTGRES_PASSWORD: 'a',
  OWNER_PASSWORD: 'b',
  APP_PASSWORD: 'c',
  SYSTEM_PASSWORD: 'd',
  KEY_RING: `k1:${newDataKey().toString('base64')},hash:${newDataKey().toString('base64')}`,
  SEVENFOLD_BOOTSTRAP_TOKEN: 'x'.repeat(32),
  SLACK_SERVICE_CREDENTIAL: 'y'.repeat(32),
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'z',
  SLACK_CHANNEL: 'C1',
  DATABASE_URL_OWNER: 'postgres://sevenfold_owner:b@db:5432/sevenfold',
  DATABASE_URL: 'postgres://sevenfold_app:c@db:5432/sevenfold',
  DATABASE_URL_SYSTEM: 'postgres://sevenfold_system:d@db:5432/sevenfold',
  SMTP_URL: 'smtp://mail:25',
};
