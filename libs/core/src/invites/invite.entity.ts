import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** An invite for a campaign. Interest makes a pending application. */
const InviteSchema = defineEntity({
  name: 'Invite',
  tableName: 'invite',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    text: p.text(),
    status: p.enum(['sent', 'interested', 'not-qualified'] as const).default('sent'),
    messageId: p.uuid().nullable(),
    sentByMemberId: p.uuid().nullable(),
    interestedAt: instant().nullable(),
    /** How interest was shown: link, app, an exact YES, or a member reading a free answer. */
    interestVia: p.text().nullable(),
    missing: p.json<{ field: string; need?: string; have?: string | null }[]>().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'creatorId'] }],
  indexes: [{ properties: ['creatorId'] }],
});
export class Invite extends InviteSchema.class {}
InviteSchema.setClass(Invite);
