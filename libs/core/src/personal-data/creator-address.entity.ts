import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** An address the team may see: typed by itself, or opened by an earlier start. */
const CreatorAddressSchema = defineEntity({
  name: 'CreatorAddress',
  tableName: 'creator_address',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    source: p.enum(['team', 'start'] as const),
    campaignId: p.uuid().nullable(),
    sealed: p.blob(),
    updatedAt: instant(),
  },
  indexes: [{ properties: ['creatorId'] }],
});
export class CreatorAddress extends CreatorAddressSchema.class {}
CreatorAddressSchema.setClass(CreatorAddress);
