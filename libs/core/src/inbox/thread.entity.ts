import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** All messages with one creator. The last message is copied here so that an inbox page is one index scan. */
const ThreadSchema = defineEntity({
  name: 'Thread',
  tableName: 'thread',
  properties: {
    ...tenantRow,
    creatorId: p.uuid().unique(),
    lastMessageAt: instant().nullable(),
    lastPreview: p.text().nullable(),
    lastDirection: p.enum(['out', 'in'] as const).nullable(),
    lastInboundChannel: p.text().nullable(),
    unread: p.integer().default(0),
    /** Since when a person of the team is waited for: the first message of the creator that nobody has answered (D2, D5). */
    waitingSince: instant().nullable(),
    /** When somebody is reminded to answer, and when the answer is overdue; null when nobody waits. */
    replyRemindAt: instant().nullable(),
    replyDueAt: instant().nullable(),
    assigneeMemberId: p.uuid().nullable(),
    /** Out of sight until then, or until the creator writes. */
    snoozedUntil: instant().nullable(),
    version: p.integer().default(0),
  },
  indexes: [{ properties: ['workspaceId', 'lastMessageAt', 'id'] }],
});
export class Thread extends ThreadSchema.class {}
ThreadSchema.setClass(Thread);
