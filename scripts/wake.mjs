import { connect } from '@sevenfold/core/db';
import { wakeEverything } from '@sevenfold/core/engine';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';

/*
 * npm run wake: tells the engine of every row that something waits for. A worker does so by itself beside an empty engine; this is for
 * one that was restored from an older copy and knows a part. Done twice it does no harm.
 */
const url = process.env.DATABASE_URL_SYSTEM;
if (!url) {
  console.error('DATABASE_URL_SYSTEM is not set. Set it to postgres://system:password@host:5432/database.');
  process.exit(78);
}
const system = new SystemDatabase(await connect(url, 2), systemClock);
console.log(`${await wakeEverything(system)} rows are brought to the engine by the workers.`);
await system.close();
