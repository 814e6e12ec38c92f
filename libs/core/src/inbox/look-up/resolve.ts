import type { Tx } from '../../db/tx.js';
import { recordRefusal } from '../consent/record-consent.js';
import { applyStatus } from '../inbound/apply-status.js';
import { applyMarks } from '../sending/apply-marks.js';
import { recordEvents } from '../sending/record-event.js';
import { deliveriesOf, lockMessages } from '../sending/rows.js';
import { writeDeliveries } from '../sending/write-statuses.js';
import type { Open } from './question.js';
import type { Known } from './which-is-it.js';

/** Why it failed: the provider never had it. */
export const neverTaken = 'never_taken';

/**
 * Writes down what a look has told, unless something else was faster. A message that never got to the provider has failed, and
 * stays where it is: to send it again, or by another way, is for a person to say.
 */
export async function resolve(tx: Tx, { deliveryId, messageId, channel, creatorId, look, question }: Open, known: Known): Promise<void> {
  if (known === 'unsure') return;
  if (known.sent !== null) {
    const { providerKey, providerId, status, code, at, segments, optedOut } = known.sent;
    if (optedOut === true) await recordRefusal(tx, creatorId, { channel, outbound: question.message });
    await applyStatus(tx, deliveryId, messageId, { kind: 'status', providerKey, providerId, status, at, ...(code !== undefined && { code }) });
    if (segments !== undefined) await tx.em.execute('update delivery set segments = coalesce(segments, ?) where id = ?', [segments, deliveryId]);
    return;
  }
  const [message] = await lockMessages(tx, [messageId]);
  const deliveries = await deliveriesOf(tx, [messageId]);
  const row = deliveries.find(({ id }) => id === deliveryId);
  if (!message || row?.status !== 'unknown') return;
  const marks = [{ id: deliveryId, status: 'failed' as const, providerId: null, code: neverTaken, reason: 'the provider never had it', notBefore: null }];
  await recordEvents(tx, [{ deliveryId, kind: 'absent', at: tx.now, raw: { look } }]);
  await writeDeliveries(tx, marks);
  await applyMarks(tx, new Map([[messageId, message]]), deliveries, marks, { failsOver: false });
}
