import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** One of the group, fixed for ever at the start. */
const CollaborationSchema = defineEntity({
  name: 'Collaboration',
  tableName: 'collaboration',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    agreementId: p.uuid(),
    startedAt: instant(),
    /** The creator was asked for a first post, and reminded of it. */
    postAskedAt: instant().nullable(),
    postRemindedAt: instant().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'creatorId'] }],
});
export class Collaboration extends CollaborationSchema.class {}
CollaborationSchema.setClass(Collaboration);
