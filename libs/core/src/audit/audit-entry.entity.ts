import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';
import type { Actor } from '@sevenfold/domain/actors';
import type { Json } from '@sevenfold/domain/errors';

/** Who did what, and when. Written in the same transaction, never changed. */
const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    ...tenantRow,
    actor: p.json<Actor>(),
    action: p.text(),
    entity: p.text(),
    entityId: p.uuid(),
    campaignId: p.uuid().nullable(),
    data: p.json<Record<string, Json>>(),
    requestId: p.text().nullable(),
  },
  indexes: [{ properties: ['campaignId', 'createdAt'] }, { properties: ['workspaceId', 'createdAt'] }, { properties: ['entityId'] }],
});
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
