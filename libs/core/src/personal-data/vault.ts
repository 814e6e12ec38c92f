import { DomainError } from '@sevenfold/domain/errors';
import { newDataKey, open, seal } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';

/** Whose data it is: a creator's, or the workspace's own. Erasing the owner destroys the key and with it all they sealed. */
export type KeyOwner = { creatorId: string } | 'workspace';

/**
 * Seals JSON by the owner's data key (AES-256-GCM), made on first use and wrapped by the key ring.
 * @param place what and whose it is, such as `address:<creator id>`: what was sealed for one place opens in no other
 * @throws DomainError `not_found` when the owner was erased
 */
export async function sealJson(tx: Tx, owner: KeyOwner, place: string, value: unknown): Promise<Buffer> {
  return seal(await dataKey(tx, owner, true), Buffer.from(JSON.stringify(value), 'utf8'), context(tx, place));
}

/**
 * Opens what {@link sealJson} sealed for the same owner and place.
 * @throws DomainError `not_found` when the owner was erased
 */
export async function openJson<T>(tx: Tx, owner: KeyOwner, place: string, sealed: Uint8Array): Promise<T> {
  const bytes = open(await dataKey(tx, owner, false), Buffer.from(sealed), context(tx, place));
  return JSON.parse(bytes.toString('utf8')) as T;
}

function context(tx: Tx, place: string): string {
  return `${tx.workspaceId}:${place}`;
}

const opened = new WeakMap<object, Map<string, Buffer>>();

/** The owner's key in the clear, kept for the length of the transaction. */
async function dataKey(tx: Tx, owner: KeyOwner, make: boolean): Promise<Buffer> {
  const creatorId = owner === 'workspace' ? null : owner.creatorId;
  const cache = opened.get(tx.em) ?? new Map<string, Buffer>();
  opened.set(tx.em, cache);
  const known = cache.get(creatorId ?? '');
  if (known) return known;
  if (make) await insertKey(tx, creatorId);
  const [row] = await tx.em.execute<{ wrapped: string | null }[]>(
    'select wrapped from data_key where creator_id is not distinct from ?::uuid',
    [creatorId],
  );
  if (!row?.wrapped) throw new DomainError('not_found', { entity: 'data_key' });
  const key = tx.services.keyRing.unwrap(row.wrapped, ownerName(tx, creatorId));
  cache.set(creatorId ?? '', key);
  return key;
}

/** Two at once get the same key: the unique row decides. */
async function insertKey(tx: Tx, creatorId: string | null): Promise<void> {
  const [there] = await tx.em.execute<{ id: string }[]>('select id from data_key where creator_id is not distinct from ?::uuid', [creatorId]);
  if (there) return;
  await tx.em.flush();
  await tx.em.execute(
    `insert into data_key (id, workspace_id, created_at, creator_id, wrapped) values (?, ?, ?, ?, ?)
     on conflict (workspace_id, creator_id) do nothing`,
    [newId(), tx.workspaceId, tx.now, creatorId, tx.services.keyRing.wrap(newDataKey(), ownerName(tx, creatorId))],
  );
}

/** Wrapped for its owner: moved to another row, a key opens nothing. */
function ownerName(tx: Tx, creatorId: string | null): string {
  return creatorId === null ? `workspace:${tx.workspaceId}` : `creator:${creatorId}`;
}
