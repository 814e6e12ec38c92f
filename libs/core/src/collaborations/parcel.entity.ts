import { defineEntity, p } from '@mikro-orm/core';
import { localDate, tenantRow } from '../db/columns.js';

/** A parcel to a creator of the group. */
const ParcelSchema = defineEntity({
  name: 'Parcel',
  tableName: 'parcel',
  properties: {
    ...tenantRow,
    collaborationId: p.uuid(),
    carrier: p.text(),
    trackingCode: p.text(),
    trackingUrl: p.text().nullable(),
    sentOn: localDate().nullable(),
  },
  indexes: [{ properties: ['collaborationId'] }],
});
export class Parcel extends ParcelSchema.class {}
ParcelSchema.setClass(Parcel);
