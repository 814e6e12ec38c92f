import email from '@sevenfold/channel-email';
import { connect, Database } from '@sevenfold/core/db';
import { MailboxReaders } from '@sevenfold/core/mailboxes';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';
import { KeyRing } from '@sevenfold/platform/crypto';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry } from '@sevenfold/plugin-sdk';

/** A process that reads members' mailboxes and does nothing else, to be killed. */
const { READER_APP_URL = '', READER_SYSTEM_URL = '', READER_KEY_RING = '' } = process.env;
const logger = createLogger({ name: 'reader', level: 'silent' });
const quiet = (): void => undefined;
const plugin = await email.create(email.config.parse(process.env), { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet }, clock: systemClock, publicUrl: 'https://sevenfold.test' });
const db = new Database(await connect(READER_APP_URL, 4), systemClock, {
  keyRing: KeyRing.parse(READER_KEY_RING), plugins: createRegistry([plugin]), publicUrl: 'https://sevenfold.test', mailboxPrivateHosts: ['127.0.0.1'],
});
const system = new SystemDatabase(await connect(READER_SYSTEM_URL, 2), systemClock);
new MailboxReaders({ db, system, logger, leaseUrl: READER_SYSTEM_URL, everyMs: 200 }).start();
