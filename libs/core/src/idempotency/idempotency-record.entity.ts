import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

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
    /** The answer, sealed with a key of its own: it may hold a secret or somebody's address. Null while it runs. */
    sealedAnswer: p.blob().nullable(),
    wrappedKey: p.text().nullable(),
    expiresAt: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'actorKey', 'route', 'key'] }],
});
export class IdempotencyRecord extends IdempotencyRecordSchema.class {}
IdempotencyRecordSchema.setClass(IdempotencyRecord);
