import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** One newsletter of one day. The day is unique per workspace, so a day has one. */
const DigestSchema = defineEntity({
  name: 'Digest',
  tableName: 'digest',
  properties: {
    ...tenantRow,
    dueAt: instant(),
    /** Local date (or, for a schedule with a shorter day, the instant) that makes the day one. */
    dayKey: p.text(),
    status: p.enum(['waiting', 'sent', 'empty', 'joined-next'] as const).default('waiting'),
    broadcastId: p.uuid().nullable(),
    ranAt: instant().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'dayKey'] }],
  indexes: [{ properties: ['workspaceId', 'status', 'dueAt'] }],
});
export class Digest extends DigestSchema.class {}
DigestSchema.setClass(Digest);
