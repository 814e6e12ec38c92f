import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import type { PushTarget, WebPush } from '@sevenfold/platform/web-push';
import { audit } from '../audit/audit.js';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { openJson, sealJson } from '../personal-data/vault.js';

/** A device that wants to be called. Its address stays with us. */
export interface PushSubscriptionView {
  id: string;
  /** The push service behind it. */
  host: string;
  createdAt: Date;
  lastSentAt: Date | null;
}

/** More devices than anybody has; the oldest makes room. */
const mostDevices = 20;

/** @throws DomainError `not_found` where nobody has set notifications up */
export function pushOf(tx: Tx): WebPush {
  const { push } = tx.services;
  if (!push) throw new DomainError('not_found', { entity: 'push' }, 'Notifications are not set up here');
  return push;
}

/** The devices of a creator, newest first. */
export async function listSubscriptions(tx: Tx, creatorId: string): Promise<PushSubscriptionView[]> {
  const rows = await tx.em.execute<{ id: string; host: string; created_at: string; last_sent_at: string | null }[]>(
    'select id, host, created_at, last_sent_at from push_subscription where creator_id = ? order by created_at desc, id desc',
    [creatorId],
  );
  return rows.map(({ id, host, created_at, last_sent_at }) => ({
    id, host, createdAt: rawInstant(created_at), lastSentAt: rawInstantOrNull(last_sent_at),
  }));
}

/**
 * Remembers a device; the same one again is the same, with its new keys.
 * @throws DomainError `invalid_fields` for an address we don't call, `not_found` where notifications are not set up
 */
export async function subscribeDevice(tx: Tx, creatorId: string, target: PushTarget): Promise<PushSubscriptionView> {
  const problem = pushOf(tx).problemWith(target.endpoint);
  if (problem !== null) throw new DomainError('invalid_fields', { fields: [{ path: 'endpoint', message: `It ${problem}` }] });
  const hash = endpointHash(tx, target.endpoint);
  const sealed = await sealJson(tx, { creatorId }, place(creatorId, hash), target);
  const made = await tx.em.execute<{ id: string; fresh: boolean }[]>(
    `insert into push_subscription (id, workspace_id, created_at, creator_id, endpoint_hash, host, sealed) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (creator_id, endpoint_hash) do update set sealed = excluded.sealed returning id, xmax = 0 as fresh`,
    [newId(), tx.workspaceId, tx.now, creatorId, hash, new URL(target.endpoint).host, sealed],
  );
  await tx.em.execute(
    `delete from push_subscription where creator_id = ? and id not in
       (select id from push_subscription where creator_id = ? order by created_at desc, id desc limit ${mostDevices})`,
    [creatorId, creatorId],
  );
  const [row] = made;
  if (row?.fresh) audit(tx, { action: 'push.subscribed', entity: 'creator', entityId: creatorId, data: { subscriptionId: row.id } });
  const found = (await listSubscriptions(tx, creatorId)).find(({ id }) => id === row?.id);
  if (!found) throw new Error('The subscription just made is not there');
  return found;
}

/**
 * Forgets a device, by its id or its address. An address that is not there is fine: the browser has forgotten it already.
 * @returns whether any is left
 * @throws DomainError `not_found` for an id that is no device of this creator
 */
export async function unsubscribeDevice(tx: Tx, creatorId: string, which: { id: string } | { endpoint: string }): Promise<boolean> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['endpoint_hash', endpointHash(tx, which.endpoint)];
  const gone = await tx.em.execute<{ id: string }[]>(
    `delete from push_subscription where creator_id = ? and ${column} = ? returning id`,
    [creatorId, value],
  );
  if (gone.length === 0 && 'id' in which) throw new DomainError('not_found', { entity: 'subscription' });
  for (const { id } of gone) audit(tx, { action: 'push.unsubscribed', entity: 'creator', entityId: creatorId, data: { subscriptionId: id } });
  return (await listSubscriptions(tx, creatorId)).length > 0;
}

/** Where a device is called; null when it is gone. */
export async function openSubscription(tx: Tx, subscriptionId: string): Promise<{ creatorId: string; target: PushTarget } | null> {
  const [row] = await tx.em.execute<{ creator_id: string; endpoint_hash: string; sealed: Uint8Array }[]>(
    'select creator_id, endpoint_hash, sealed from push_subscription where id = ?',
    [subscriptionId],
  );
  if (!row) return null;
  const { creator_id: creatorId, endpoint_hash: hash, sealed } = row;
  return { creatorId, target: await openJson<PushTarget>(tx, { creatorId }, place(creatorId, hash), sealed) };
}

const endpointHash = (tx: Tx, endpoint: string): string => tx.services.keyRing.hmac('push-endpoint', endpoint);
const place = (creatorId: string, hash: string): string => `push:${creatorId}:${hash}`;
