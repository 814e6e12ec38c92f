import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Json } from '@sevenfold/domain/errors';

/** The answer given to one Idempotency-Key. Kept 7 days. */
const IdempotencyRecordSchema = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  properties: {
    ...tenantRow,
    actorKey: p.text(),
    route: p.text(),
    key: p.text(),
    bodyHash: p.text(),
    leaseUntil: instant().nullable(),
    responseStatus: p.integer().nullable(),
    response: p.json<Json>().nullable(),
    responseHeaders: p.json<Record<string, string>>().nullable(),
    expiresAt: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'actorKey', 'route', 'key'] }],
});
export class IdempotencyRecord extends IdempotencyRecordSchema.class {}
IdempotencyRecordSchema.setClass(IdempotencyRecord);
