import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { deliveryStatuses } from '@sevenfold/domain/delivery';

/** One attempt to bring a message over one channel. Moves only forward; the mark here is the only checkpoint of sending. */
const DeliverySchema = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  properties: {
    ...tenantRow,
    messageId: p.uuid(),
    /** The message's broadcast, copied so that a batch finds its work by one index. */
    broadcastId: p.uuid().nullable(),
    /** 0 for the first channel tried, 1 for the next one after a failure. */
    position: p.integer(),
    channel: p.text(),
    address: p.text(),
    status: p.enum(deliveryStatuses).default('queued'),
    providerId: p.text().nullable(),
    code: p.text().nullable(),
    reason: p.text().nullable(),
    attempts: p.integer().default(0),
    notBefore: instant().nullable(),
    claimedAt: instant().nullable(),
    /** The attempt that claimed it, the same over its retries: what it left claimed, its retry knows to be dead. */
    claimedBy: p.text().nullable(),
    sentAt: instant().nullable(),
    finishedAt: instant().nullable(),
    /** The round of its message it belongs to: 0, and one more for each time the team had it sent again. */
    round: p.integer().default(0),
    /** What the team made of an `unknown` one: left as it is, or sent again by a further delivery. */
    resolution: p.enum(['left', 'resent'] as const).nullable(),
    /** How many messages the provider makes of it and charges for; null where that means nothing. */
    segments: p.integer().nullable(),
    /** The member's own mailbox it last left by; null for the channel's own sender. */
    mailboxId: p.uuid().nullable(),
  },
  uniques: [{ properties: ['messageId', 'channel', 'round'] }],
  indexes: [
    { properties: ['channel', 'providerId'] },
    { properties: ['channel', 'address'] },
    { properties: ['broadcastId', 'status', 'channel'] },
  ],
});
export class Delivery extends DeliverySchema.class {}
DeliverySchema.setClass(Delivery);
