import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { openAnswer, sealAnswer, type StoredAnswer } from './answer.js';

/** One request that carries an Idempotency-Key. */
export interface KeyedRequest {
  /** Who asks: two actors may use the same key. */
  actorKey: string;
  /** Method and path, with the ids in it. */
  route: string;
  key: string;
  bodyHash: string;
}

/** `mine`: go on, then store or release. `done`: this was the answer. */
export type Claim = { state: 'mine'; recordId: string } | { state: 'done'; answer: StoredAnswer };

/** How long a request of several steps that vanished without a word blocks its repeats: longer than any of them takes. */
export const leaseMs = 20_000;
const keptMs = 7 * 24 * 60 * 60_000;

/**
 * Takes a key for this request, or finds what became of it. Of several at the same moment one gets `mine`.
 * Run it in a transaction of its own, so that the others see the claim at once.
 * @throws DomainError `idempotency_running` (with retryAfterSeconds) while another request with the key is on its way,
 * `idempotency_conflict` when the key was used with another body
 */
export async function claimKey(tx: Tx, request: KeyedRequest): Promise<Claim> {
  await removeExpired(tx);
  const recordId = newId();
  const [mine] = await tx.em.execute<{ id: string }[]>(
    `insert into idempotency_record as r (id, workspace_id, created_at, actor_key, route, key, body_hash, lease_until, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, actor_key, route, key) do update
        set id = excluded.id, created_at = excluded.created_at, body_hash = excluded.body_hash, lease_until = excluded.lease_until,
            expires_at = excluded.expires_at, sealed_answer = null, wrapped_key = null
      where r.expires_at <= excluded.created_at
         or (r.sealed_answer is null and r.lease_until <= excluded.created_at and r.body_hash = excluded.body_hash)
     returning id`,
    [
      recordId, tx.workspaceId, tx.now, request.actorKey, request.route, request.key, request.bodyHash,
      new Date(tx.now.getTime() + leaseMs), new Date(tx.now.getTime() + keptMs),
    ],
  );
  return mine ? { state: 'mine', recordId } : answerOf(tx, request);
}

interface Row {
  id: string;
  body_hash: string;
  lease_until: string | null;
  sealed_answer: Buffer | null;
  wrapped_key: string | null;
}

async function answerOf(tx: Tx, request: KeyedRequest): Promise<Claim> {
  const [row] = await tx.em.execute<Row[]>(
    `select id, body_hash, lease_until, sealed_answer, wrapped_key from idempotency_record
      where actor_key = ? and route = ? and key = ?`,
    [request.actorKey, request.route, request.key],
  );
  // Released between the two statements: the caller's repeat will find it free.
  if (!row) throw new DomainError('idempotency_running', { retryAfterSeconds: 1 });
  if (row.body_hash !== request.bodyHash) throw new DomainError('idempotency_conflict');
  if (row.sealed_answer === null || row.wrapped_key === null) {
    const left = row.lease_until === null ? 0 : new Date(row.lease_until).getTime() - tx.now.getTime();
    // It is most likely done long before its lease ends.
    throw new DomainError('idempotency_running', { retryAfterSeconds: Math.min(5, Math.max(1, Math.ceil(left / 1_000))) });
  }
  return { state: 'done', answer: openAnswer(tx, row.id, row.sealed_answer, row.wrapped_key) };
}

/** Keeps the answer for 7 days. Nothing when the lease ran out and another request took over. */
export async function storeAnswer(tx: Tx, recordId: string, answer: StoredAnswer): Promise<void> {
  const { sealed, wrapped } = sealAnswer(tx, recordId, answer);
  await tx.em.execute('update idempotency_record set sealed_answer = ?, wrapped_key = ?, lease_until = null where id = ?', [
    sealed, wrapped, recordId,
  ]);
}

/** Gives the key back: what happened is not to be remembered, a repeat shall try again. */
export async function releaseKey(tx: Tx, recordId: string): Promise<void> {
  await tx.em.execute('delete from idempotency_record where id = ? and sealed_answer is null', [recordId]);
}

/** Removes some of what is past its 7 days: with every claim a few, so that nobody has to come by for it. */
async function removeExpired(tx: Tx): Promise<void> {
  await tx.em.execute(
    `delete from idempotency_record where id in
       (select id from idempotency_record where expires_at <= ? order by expires_at limit 20 for update skip locked)`,
    [tx.now],
  );
}
