import { LockMode } from '@mikro-orm/core';
import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { hint } from '../../live/index.js';
import { Broadcast, type BroadcastStatus } from '../broadcast.entity.js';

/** A broadcast whose row is held until the transaction ends: of two presses one is first. @throws DomainError `not_found` */
export async function lockBroadcast(tx: Tx, broadcastId: string): Promise<Broadcast> {
  await tx.em.flush();
  const broadcast = await tx.em.findOne(Broadcast, { id: broadcastId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!broadcast) throw new DomainError('not_found', { entity: 'broadcast' });
  return broadcast;
}

/** @throws DomainError `wrong_state` naming the states in which this is possible */
export function needStatus(broadcast: Broadcast, allowed: readonly BroadcastStatus[]): void {
  if (!allowed.includes(broadcast.status)) throw new DomainError('wrong_state', { state: broadcast.status, allowed: [...allowed] });
}

/** The change is in the row; whoever looks at it is told. */
export async function changed(tx: Tx, broadcast: Broadcast): Promise<void> {
  broadcast.version += 1;
  await tx.em.flush();
  await hint(tx, { entity: 'broadcast', id: broadcast.id, version: broadcast.version, campaignId: broadcast.campaignId ?? null });
}
