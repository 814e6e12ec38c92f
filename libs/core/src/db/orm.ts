import type { Pool } from 'pg';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { beginLate } from './begin-late.js';
import { entities } from './entities.js';
import { sendPrepared } from './prepared.js';
import { releaseDeadClients } from './release-dead-clients.js';

function prepare(pool: Pool): void {
  releaseDeadClients(pool);
  sendPrepared(pool);
  beginLate(pool);
}

/** Options shared by every connection; `url` decides the role and with it what can be seen. */
export function ormOptions(url: string, poolSize = 10): Options {
  return {
    clientUrl: url,
    entities,
    discovery: { checkDuplicateTableNames: true },
    pool: { min: 0, max: poolSize },
    // Who waits for a connection in vain is told so, and every cut one makes room for another.
    // What is asked before the last answer is there is sent at once, and answered in its order.
    driverOptions: { connectionTimeoutMillis: 15_000, keepAlive: true, pipeline: true, onPoolCreated: prepare },
    forceUtcTimezone: true,
    // A use case that forgets to fork would share one identity map between requests.
    allowGlobalContext: false,
    // Ours are explicit: one transaction per use case, started by Database.
    implicitTransactions: true,
  };
}

/**
 * Connects as the role named in `url`. Does not touch the schema.
 * Not by `MikroORM.init`, which imports every extension that is installed, the migrator too: it is wanted by `migrate` alone.
 * @param poolSize connections at most
 */
export async function connect(url: string, poolSize?: number): Promise<MikroORM> {
  return new MikroORM(ormOptions(url, poolSize));
}

/**
 * Connects as another role beside `orm`, which has found out what the entities are: that takes a tenth of a process's start, and the
 * answer is the same. Does not touch the schema.
 * @param poolSize connections at most
 */
export async function connectBeside(orm: MikroORM, url: string, poolSize?: number): Promise<MikroORM> {
  const options = ormOptions(url, poolSize);
  const beside = new MikroORM({ ...options, discovery: { ...options.discovery, skipSyncDiscovery: true } });
  beside.driver.setMetadata(orm.getMetadata());
  // What the constructor does once it has discovered. Marked as global, it refuses to be used without being forked.
  return Object.assign(beside, { em: Object.assign(beside.driver.createEntityManager(), { global: true }) });
}

/** The same without connecting: for what only needs to know the shape, such as the description of the API. */
export function connectLater(url: string): MikroORM {
  return new MikroORM({ ...ormOptions(url), ensureDatabase: false });
}
