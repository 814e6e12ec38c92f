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

/** Seals bytes as they are; otherwise like {@link sealJson}. */
export async function sealBytes(tx: Tx, owner: KeyOwner, place: string, bytes: Uint8Array): Promise<Buffer> {
  return seal(await dataKey(tx, owner, true), Buffer.from(bytes), context(tx, place));
}

/** Opens what {@link sealBytes} sealed for the same owner and place. @throws DomainError `not_found`, UnreadableError */
export async function openBytes(tx: Tx, owner: KeyOwner, place: string, sealed: Uint8Array): Promise<Buffer> {
  return open(await dataKey(tx, owner, false), Buffer.from(sealed), context(tx, place));
}

/** Something of one creator, and the place it is sealed for. */
export interface CreatorPlace {
  creatorId: string;
  place: string;
}

/** {@link sealJson} for many creators at once. @throws DomainError `not_found` when one of them was erased */
export async function sealEach(tx: Tx, items: readonly (CreatorPlace & { value: unknown })[]): Promise<Buffer[]> {
  const keys = await creatorKeys(tx, items.map(({ creatorId }) => creatorId), true);
  return items.map(({ creatorId, place, value }) => {
    const key = keys.get(creatorId);
    if (!key) throw new DomainError('not_found', { entity: 'data_key' });
    return seal(key, Buffer.from(JSON.stringify(value), 'utf8'), context(tx, place));
  });
}

/** {@link openJson} for many creators at once; null for those who were erased. */
export async function openEach<T>(tx: Tx, items: readonly (CreatorPlace & { sealed: Uint8Array })[]): Promise<(T | null)[]> {
  const keys = await creatorKeys(tx, items.map(({ creatorId }) => creatorId), false);
  return items.map(({ creatorId, place, sealed }) => {
    const key = keys.get(creatorId);
    return key ? (JSON.parse(open(key, Buffer.from(sealed), context(tx, place)).toString('utf8')) as T) : null;
  });
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

/** Keys of creators in the clear, in two statements however many there are; those that were destroyed are missing. */
async function creatorKeys(tx: Tx, creatorIds: readonly string[], make: boolean): Promise<Map<string, Buffer>> {
  const ids = [...new Set(creatorIds)].sort();
  if (ids.length === 0) return new Map();
  const select = 'select creator_id, wrapped from data_key where creator_id = any (select jsonb_array_elements_text(?::jsonb)::uuid)';
  let rows = await tx.em.execute<{ creator_id: string; wrapped: string | null }[]>(select, [JSON.stringify(ids)]);
  const there = new Set(rows.map((row) => row.creator_id));
  const missing = make ? ids.filter((id) => !there.has(id)) : [];
  if (missing.length > 0) {
    await insertCreatorKeys(tx, missing);
    rows = await tx.em.execute(select, [JSON.stringify(ids)]);
  }
  return new Map(rows.flatMap((row) => (row.wrapped === null ? [] : [[row.creator_id, tx.services.keyRing.unwrap(row.wrapped, ownerName(tx, row.creator_id))] as const])));
}

/** In one order for everybody, so that two who make keys for the same people wait for each other instead of deadlocking. */
async function insertCreatorKeys(tx: Tx, creatorIds: readonly string[]): Promise<void> {
  const rows = creatorIds.map((creatorId) => ({
    id: newId(), creator_id: creatorId, wrapped: tx.services.keyRing.wrap(newDataKey(), ownerName(tx, creatorId)),
  }));
  await tx.em.execute(
    `insert into data_key (id, workspace_id, created_at, creator_id, wrapped)
     select r.id, ?, ?, r.creator_id, r.wrapped from json_to_recordset(?::json) as r(id uuid, creator_id uuid, wrapped text)
      order by r.creator_id on conflict (workspace_id, creator_id) do nothing`,
    [tx.workspaceId, tx.now, JSON.stringify(rows)],
  );
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
export function keyOwnerName(workspaceId: string, creatorId: string | null): string {
  return creatorId === null ? `workspace:${workspaceId}` : `creator:${creatorId}`;
}

const ownerName = (tx: Tx, creatorId: string | null): string => keyOwnerName(tx.workspaceId, creatorId);
