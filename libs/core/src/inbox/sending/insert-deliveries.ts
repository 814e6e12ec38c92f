import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../../db/tx.js';
import type { DeliveryRow } from './rows.js';

/** A channel a message is to be tried on. */
export interface NewDelivery {
  messageId: string;
  broadcastId: string | null;
  position: number;
  round: number;
  channel: string;
  address: string;
}

/** Queues deliveries of messages whose locks are held. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<DeliveryRow[]> {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map((each) => ({ ...each, id: newId() }));
  await tx.em.execute(
    `insert into delivery (id, workspace_id, created_at, message_id, broadcast_id, position, round, channel, address, status, attempts)
     select r.id, ?, ?, r."messageId", r."broadcastId", r.position, r.round, r.channel, r.address, 'queued', 0
       from json_to_recordset(?::json)
         as r(id uuid, "messageId" uuid, "broadcastId" uuid, position int, round int, channel text, address text)`,
    [tx.workspaceId, tx.now, JSON.stringify(rows)],
  );
  return rows.map(({ broadcastId: _, ...row }) => ({
    ...row, createdAt: tx.now, status: 'queued', attempts: 0, notBefore: null, claimedAt: null, claimedBy: null,
  }));
}
