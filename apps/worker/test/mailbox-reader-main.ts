import email from '@sevenfold/channel-email';
import { connect, Database } from '@sevenfold/core/db';
import { MailboxReaders } from '@sevenfold/core/mailboxes';
import { SystemDatabase } from '@sevenfold/core/system';
import { fixedClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry } from '@sevenfold/plugin-sdk';

/** A process that reads members' mailboxes and does nothing else, to be killed. */
const { READER_APP_URL = '', READER_SYSTEM_URL = '', READER_KEY_RING = '', READER_NOW = '' } = process.env;
/** The time of the test that starts it: whatever day it is, what this one keeps stands before what comes later. */
const clock = fixedClock(new Date(READER_NOW));
const logger = createLogger({ name: 'reader', level: 'silent' });
const quiet = (): void => undefined;
const plugin = await email.create(email.config.parse(process.env), { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet }, clock, publicUrl: 'https://sevenfold.test' });
const db = new Database(await connect(READER_APP_URL, 4), clock, {
  keyRing: KeyRing.parse(READER_KEY_RING), plugins: createRegistry([plugin]), publicUrl: 'https://sevenfold.test', mailboxPrivateHosts: ['127.0.0.1'],
});
const system = new SystemDatabase(await connect(READER_SYSTEM_URL, 2), clock);
new MailboxReaders({ db, system, logger, leaseUrl: READER_SYSTEM_URL, everyMs: 200 }).start();
