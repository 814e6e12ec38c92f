import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A device a creator wants to be notified on. Its address is a key to that device, so it is sealed by the creator's data key. */
const PushSubscriptionSchema = defineEntity({
  name: 'PushSubscription',
  tableName: 'push_subscription',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    /** Keyed hash of the endpoint: the same device twice is one. */
    endpointHash: p.text(),
    /** The push service, to be shown. */
    host: p.text(),
    sealed: p.blob(),
    lastSentAt: instant().nullable(),
  },
  uniques: [{ properties: ['creatorId', 'endpointHash'] }],
});
export class PushSubscription extends PushSubscriptionSchema.class {}
PushSubscriptionSchema.setClass(PushSubscription);
