import type { Pool, PoolClient } from 'pg';

/** A transaction that hears of its connection's death tries to roll back and fails within this time, in ms. */
const graceMs = 250;

/**
 * Gives the places of dead connections back to the pool. The query layer gives one back after a rollback that works,
 * which it cannot on a connection the server has cut: every restart of Postgres would cost places for good, until
 * a process that looks healthy waits for one for ever.
 */
export function releaseDeadClients(pool: Pool): void {
  const lent = new Set<PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_error, client) => lent.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      setTimeout(() => {
        if (lent.has(client)) client.release(true);
      }, graceMs).unref();
    });
  });
}
