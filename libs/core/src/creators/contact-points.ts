import { DomainError, type Json } from '@sevenfold/domain/errors';
import { addressHash } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import type { Services, Tx } from '../db/tx.js';
import { nowReachable } from '../inbox/reach/now-reachable.js';
import { wrongChannel } from '../inbox/reach/wrong-channel.js';
import type { ContactPointView } from './views.js';

/**
 * Brings addresses into the one form their channel's plugin knows them by; the same one twice is one.
 * @throws DomainError `invalid_fields` naming every address the plugin refuses, and every channel without a plugin
 */
export function normaliseContactPoints({ plugins }: Services, points: readonly ContactPointView[]): ContactPointView[] {
  const fields: Json[] = [];
  const normalised = points.flatMap(({ channel, address }, index) => {
    const plugin = plugins.channel(channel);
    if (!plugin) {
      fields.push(...wrongChannel({ plugins }, `contactPoints.${index}.channel`, channel));
      return [];
    }
    const result = plugin.normalise(address);
    if (result.ok) return [{ channel, address: result.address }];
    fields.push({ path: `contactPoints.${index}.address`, message: result.reason });
    return [];
  });
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return [...new Map(normalised.map((point) => [`${point.channel} ${point.address}`, point])).values()];
}

/** Adds one address to those the creator has. @throws DomainError `invalid_fields` for one its plugin refuses */
export async function addContactPoint(tx: Tx, creatorId: string, point: ContactPointView): Promise<void> {
  const [wanted] = normaliseContactPoints(tx.services, [point]);
  if (!wanted) throw new Error('A refused address was thrown');
  await tx.em.flush();
  await keepContactPoint(tx, creatorId, wanted);
  await nowReachable(tx, creatorId);
}

/** Makes these the creator's addresses. One taken away keeps its row, so that what was sent to it can be told. */
export async function setContactPoints(tx: Tx, creatorId: string, points: readonly ContactPointView[]): Promise<void> {
  const wanted = normaliseContactPoints(tx.services, points);
  await tx.em.flush();
  await tx.em.execute(
    `update contact_point set removed_at = ? where creator_id = ? and removed_at is null
        and (channel || ' ' || address) <> all (select jsonb_array_elements_text(?::jsonb))`,
    [tx.now, creatorId, JSON.stringify(wanted.map((point) => `${point.channel} ${point.address}`))],
  );
  for (const point of wanted) await keepContactPoint(tx, creatorId, point);
  if (wanted.length > 0) await nowReachable(tx, creatorId);
}

async function keepContactPoint(tx: Tx, creatorId: string, { channel, address }: ContactPointView): Promise<void> {
  await tx.em.execute(
    `insert into contact_point (id, workspace_id, created_at, creator_id, channel, address, address_hash) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (creator_id, channel, address) do update set removed_at = null`,
    [newId(), tx.workspaceId, tx.now, creatorId, channel, address, addressHash(tx.services.keyRing, channel, address)],
  );
}
