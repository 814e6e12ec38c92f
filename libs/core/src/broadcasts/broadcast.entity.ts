import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { messageKinds } from '../inbox/message-kinds.js';

/** One message to many. Its messages are the recipients; their marks are the progress. */
const BroadcastSchema = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcast',
  properties: {
    ...tenantRow,
    campaignId: p.uuid().nullable(),
    kind: p.enum(messageKinds),
    dedupeKey: p.text(),
    status: p.enum(['queued', 'sending', 'done', 'cancelled'] as const).default('queued'),
    total: p.integer(),
    authorMemberId: p.uuid().nullable(),
    doneAt: instant().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'dedupeKey'] }],
});
export class Broadcast extends BroadcastSchema.class {}
BroadcastSchema.setClass(Broadcast);
