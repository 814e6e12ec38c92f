import { mergeDeliveryStatus } from '@sevenfold/domain/delivery';
import type { InboundStatus } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { applyMarks } from '../sending/apply-marks.js';
import { recordEvents } from '../sending/record-event.js';
import { deliveriesOf, lockMessages } from '../sending/rows.js';
import { writeDeliveries } from '../sending/write-statuses.js';

/**
 * A later word on a delivery: may come before we marked it ourselves, twice, and in any order. A failure that comes
 * after the fact moves the message to the next channel.
 */
export async function applyStatus(tx: Tx, deliveryId: string, messageId: string, event: InboundStatus): Promise<void> {
  const [message] = await lockMessages(tx, [messageId]);
  const deliveries = await deliveriesOf(tx, [messageId]);
  const row = deliveries.find((each) => each.id === deliveryId);
  if (!message || !row) return; // erased meanwhile
  // Whose it is the delivery says; the record of what was heard needs no address.
  const { at, raw: _source, from: _from, to: _to, ...raw } = event;
  const stored = await recordEvents(tx, [{
    deliveryId, kind: `status:${event.status}`, providerKey: event.providerKey, at, raw,
  }]);
  if (stored.length === 0) return; // heard before
  if (event.status === 'delayed') return; // its provider goes on trying
  const status = mergeDeliveryStatus(row.status, event.status);
  if (status === row.status) return;
  const marks = [{
    id: deliveryId, status, providerId: event.providerId ?? null, code: event.code ?? null,
    reason: status === 'failed' ? 'told by the provider' : null, notBefore: null,
  }];
  await writeDeliveries(tx, marks);
  const [marked] = await applyMarks(tx, new Map([[message.id, message]]), deliveries, marks);
  if (marked?.failedOver) await outbox(tx, 'message.changed', { messageId });
}
