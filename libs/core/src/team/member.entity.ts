import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { roles } from '@sevenfold/domain/roles';

/** A person of the team. Client reviewers carry the one client they may see. */
const MemberSchema = defineEntity({
  name: 'Member',
  tableName: 'member',
  properties: {
    ...tenantRow,
    name: p.text(),
    email: p.text(),
    role: p.enum(roles),
    clientId: p.uuid().nullable(),
    slackTeamId: p.text().nullable(),
    slackUserId: p.text().nullable(),
    removedAt: instant().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'email'] }, { properties: ['workspaceId', 'slackTeamId', 'slackUserId'] }],
});
export class Member extends MemberSchema.class {}
MemberSchema.setClass(Member);
