import { migrate } from '@sevenfold/core/db';
import { ConfigError, loadSetupConfig } from '@sevenfold/platform/config';

/* npm run migrate: brings the tables of DATABASE_URL_OWNER up to date. `npm start` does it by itself; a deployment calls it. */
try {
  const { databaseOwnerUrl } = loadSetupConfig(process.env);
  const done = await migrate(databaseOwnerUrl);
  console.log(done.length ? `Migrated: ${done.join(', ')}` : 'The tables are up to date.');
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(78);
}
