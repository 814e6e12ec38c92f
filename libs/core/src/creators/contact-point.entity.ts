import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** An address of a creator on one channel, normalised by that channel's plugin. */
const ContactPointSchema = defineEntity({
  name: 'ContactPoint',
  tableName: 'contact_point',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    channel: p.text(),
    address: p.text(),
    /** HMAC of the normalised address: the key of the consent ledger, which outlives the address. */
    addressHash: p.text(),
    removedAt: instant().nullable(),
  },
  uniques: [{ properties: ['creatorId', 'channel', 'address'] }],
  indexes: [{ properties: ['channel', 'address'] }],
});
export class ContactPoint extends ContactPointSchema.class {}
ContactPointSchema.setClass(ContactPoint);
