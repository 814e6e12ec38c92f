import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** An account of a creator on one platform. */
const CreatorProfileSchema = defineEntity({
  name: 'CreatorProfile',
  tableName: 'creator_profile',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    platform: p.text(),
    username: p.text(),
    url: p.text(),
    followers: p.integer().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'platform', 'username'] }],
  indexes: [{ properties: ['creatorId'] }],
});
export class CreatorProfile extends CreatorProfileSchema.class {}
CreatorProfileSchema.setClass(CreatorProfile);
