import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { addressPlace, type PostalAddress } from './address.js';
import { openJson, sealJson } from './vault.js';

/** An address the team may see, and how it came to see it. */
export interface CreatorAddressView {
  id: string;
  /** Typed by the team, or opened by the start of a campaign the creator is in. */
  source: 'team' | 'start';
  campaignId: string | null;
  address: PostalAddress;
  updatedAt: string;
}

interface Row {
  id: string;
  creatorId: string;
  source: 'team' | 'start';
  campaignId: string | null;
  sealed: Buffer;
  updatedAt: string;
}

/**
 * The addresses of creators that the team may see: typed by itself, or opened by a start. Newest first. What was entered
 * for a campaign and not opened has no path to here: it is in another table.
 */
export async function visibleAddresses(tx: Tx, creatorIds: readonly string[]): Promise<Map<string, CreatorAddressView[]>> {
  const found = new Map<string, CreatorAddressView[]>();
  if (creatorIds.length === 0) return found;
  const rows = await tx.em.execute<Row[]>(
    `select id, creator_id as "creatorId", source, campaign_id as "campaignId", sealed, updated_at as "updatedAt"
       from creator_address where creator_id in (?) order by updated_at desc, id desc`,
    [[...creatorIds]],
  );
  for (const { creatorId, sealed, updatedAt, ...row } of rows) {
    const address = await openJson<PostalAddress>(tx, { creatorId }, addressPlace(creatorId), sealed);
    const list = found.get(creatorId) ?? [];
    list.push({ ...row, address, updatedAt: rawInstant(updatedAt).toISOString() });
    found.set(creatorId, list);
  }
  return found;
}

/** The same for one creator. @throws DomainError `not_found` */
export async function listCreatorAddresses(tx: Tx, creatorId: string): Promise<CreatorAddressView[]> {
  await assertCreator(tx, creatorId);
  return (await visibleAddresses(tx, [creatorId])).get(creatorId) ?? [];
}

/** Writes the address the team typed itself; there is one per creator. @throws DomainError `not_found` */
export async function putCreatorAddress(tx: Tx, { creatorId, address }: { creatorId: string; address: PostalAddress }): Promise<CreatorAddressView[]> {
  await assertCreator(tx, creatorId);
  const sealed = await sealJson(tx, { creatorId }, addressPlace(creatorId), address);
  const [row] = await tx.em.execute<{ id: string }[]>(
    `insert into creator_address (id, workspace_id, created_at, creator_id, source, sealed, updated_at)
     values (?, ?, ?, ?, 'team', ?, ?)
     on conflict (creator_id, source, campaign_id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at returning id`,
    [newId(), tx.workspaceId, tx.now, creatorId, sealed, tx.now],
  );
  if (row) audit(tx, { action: 'creator.address-written', entity: 'creator_address', entityId: row.id, data: { creatorId } });
  return listCreatorAddresses(tx, creatorId);
}

/** Removes the address the team typed. What a start opened stays. @throws DomainError `not_found` */
export async function deleteCreatorAddress(tx: Tx, creatorId: string): Promise<void> {
  const rows = await tx.em.execute<{ id: string }[]>(
    `delete from creator_address where creator_id = ? and source = 'team' returning id`,
    [creatorId],
  );
  const [row] = rows;
  if (!row) throw new DomainError('not_found', { entity: 'creator_address' });
  audit(tx, { action: 'creator.address-removed', entity: 'creator_address', entityId: row.id, data: { creatorId } });
}

async function assertCreator(tx: Tx, creatorId: string): Promise<void> {
  const rows = await tx.em.execute('select 1 from creator where id = ? and erased_at is null', [creatorId]);
  if (rows.length === 0) throw new DomainError('not_found', { entity: 'creator' });
}
