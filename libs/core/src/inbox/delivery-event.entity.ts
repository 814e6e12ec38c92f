import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Json } from '@sevenfold/domain/errors';

/** Every raw event about a delivery, kept whatever the state made of it. */
const DeliveryEventSchema = defineEntity({
  name: 'DeliveryEvent',
  tableName: 'delivery_event',
  properties: {
    ...tenantRow,
    deliveryId: p.uuid(),
    kind: p.text(),
    providerKey: p.text().nullable(),
    at: instant(),
    raw: p.json<Json>(),
  },
  uniques: [{ properties: ['deliveryId', 'providerKey'] }],
});
export class DeliveryEvent extends DeliveryEventSchema.class {}
DeliveryEventSchema.setClass(DeliveryEvent);
