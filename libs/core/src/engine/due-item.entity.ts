import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A small wait: what is to be done, for which row, when. The sweeper comes by when the first is due. */
const DueItemSchema = defineEntity({
  name: 'DueItem',
  tableName: 'due_item',
  properties: {
    ...tenantRow,
    kind: p.text(),
    refId: p.uuid(),
    dedupeKey: p.text(),
    dueAt: instant(),
    attempts: p.integer().default(0),
    lastError: p.text().nullable(),
    doneAt: instant().nullable(),
    outcome: p.text().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'dedupeKey'] }],
});
export class DueItem extends DueItemSchema.class {}
DueItemSchema.setClass(DueItem);
