import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { claimKey, type Claim, type KeyedRequest } from './claim-key.js';

/**
 * Takes a key for as long as this transaction lives, or finds what became of it. For requests whose effect and answer
 * commit together: when its process is killed, nothing has happened and the key is free at once.
 * @throws DomainError like `claimKey`
 */
export async function holdKey(tx: Tx, request: KeyedRequest): Promise<Claim> {
  const name = JSON.stringify([tx.workspaceId, request.actorKey, request.route, request.key]);
  // Without the lock the claim of the second would wait for the first one's transaction, and hold a connection meanwhile.
  const [{ free } = { free: false }] = await tx.em.execute<{ free: boolean }[]>('select pg_try_advisory_xact_lock(hashtextextended(?, 7)) as free', [name]);
  if (!free) throw new DomainError('idempotency_running', { retryAfterSeconds: 1 });
  return claimKey(tx, request);
}
