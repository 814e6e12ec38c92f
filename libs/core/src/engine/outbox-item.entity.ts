import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Json } from '@sevenfold/domain/errors';

/** What the engine or Slack must hear of, written with the fact in one transaction, delivered at least once and in no order. */
const OutboxItemSchema = defineEntity({
  name: 'OutboxItem',
  tableName: 'outbox_item',
  properties: {
    ...tenantRow,
    kind: p.text(),
    payload: p.json<Record<string, Json>>(),
    availableAt: instant(),
    attempts: p.integer().default(0),
    lastError: p.text().nullable(),
    doneAt: instant().nullable(),
  },
});
export class OutboxItem extends OutboxItemSchema.class {}
OutboxItemSchema.setClass(OutboxItem);
