import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Step } from './steps.js';

/** Follow-ups with delays between them, that a creator can be put into (D6). */
const SequenceSchema = defineEntity({
  name: 'Sequence',
  tableName: 'sequence',
  properties: {
    ...tenantRow,
    name: p.text(),
    steps: p.json<Step[]>(),
    version: p.integer().default(1),
    updatedAt: instant(),
    /** Nobody is put into it any more; who is in it goes on. */
    archivedAt: instant().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'createdAt'] }],
});
export class Sequence extends SequenceSchema.class {}
SequenceSchema.setClass(Sequence);
