import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { linkPurposes } from './link-purposes.js';

/** A personal link of a creator. Only the hash of its secret is kept. */
const CreatorLinkSchema = defineEntity({
  name: 'CreatorLink',
  tableName: 'creator_link',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    purpose: p.enum(linkPurposes),
    /** The invite or agreement the link is for. */
    refId: p.uuid().nullable(),
    secretHash: p.text(),
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
  indexes: [{ properties: ['creatorId'] }, { properties: ['refId'] }],
});
export class CreatorLink extends CreatorLinkSchema.class {}
CreatorLinkSchema.setClass(CreatorLink);
