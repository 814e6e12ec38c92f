import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@sevenfold/core/db';
import { startMailSink } from '@sevenfold/testing/mail';
import { createDatabase, createRoles, databaseUrls, startPostgres } from '@sevenfold/testing/postgres';
import { startTemporal } from '@sevenfold/testing/temporal';
import { freePort } from '@sevenfold/testing/util';

/** What both sides start beside: a migrated database, an engine, a mail server. */
export async function startParts() {
  const folder = await mkdtemp(join(tmpdir(), 'sevenfold-bench-'));
  const passwords = { owner: word(), app: word(), system: word() };
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: await freePort(), password: word(), persistent: false, logFile: join(folder, 'postgres.log') });
  await createRoles(postgres.adminUrl, passwords);
  await createDatabase(postgres.adminUrl, 'sevenfold');
  const urls = databaseUrls(postgres.adminUrl, 'sevenfold', passwords);
  await migrate(urls.ownerUrl);
  const temporalPort = await freePort();
  const temporal = await startTemporal({ dbFile: join(folder, 'temporal.db'), port: temporalPort, uiPort: await freePort(), logFile: join(folder, 'temporal.log') });
  const mail = await startMailSink();
  const port = await freePort();
  return {
    folder,
    port,
    adminUrl: postgres.adminUrl,
    passwords,
    env: {
      DATABASE_URL: urls.appUrl,
      DATABASE_URL_SYSTEM: urls.systemUrl,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
      PUBLIC_URL: 'http://localhost',
      KEY_RING: `k1:${randomBytes(32).toString('base64')},hash:${randomBytes(32).toString('base64')}`,
      SEVENFOLD_PLUGINS: '@sevenfold/channel-in-app,@sevenfold/channel-email',
      SMTP_URL: mail.url,
      MAIL_FROM: 'bench@sevenfold.test',
      API_PORT: String(port),
      HEALTH_PORT: String(port),
    },
    async stop() {
      await mail.close();
      await temporal.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const word = () => randomBytes(12).toString('hex');
