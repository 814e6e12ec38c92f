import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Json } from '@sevenfold/domain/errors';
import { noticeKinds } from '@sevenfold/domain/notices';

/** Something the team is told or asked, in Slack and the console. Open ones wait for somebody. */
const NoticeSchema = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  properties: {
    ...tenantRow,
    kind: p.enum(noticeKinds),
    campaignId: p.uuid().nullable(),
    creatorId: p.uuid().nullable(),
    refId: p.uuid().nullable(),
    /** The member it is for; null for the whole team. */
    forMemberId: p.uuid().nullable(),
    dedupeKey: p.text(),
    /** Figures and names to tell; never personal data that is closed. */
    data: p.json<Record<string, Json>>(),
    /** `told` asks for nothing; `open` waits for a person; `done` was answered. */
    status: p.enum(['told', 'open', 'done'] as const),
    doneAt: instant().nullable(),
    slackChannel: p.text().nullable(),
    slackTs: p.text().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'dedupeKey'] }],
  indexes: [{ properties: ['workspaceId', 'status', 'createdAt'] }, { properties: ['campaignId'] }],
});
export class Notice extends NoticeSchema.class {}
NoticeSchema.setClass(Notice);
