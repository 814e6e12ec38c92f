import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A refusal, drop-out or expiry for which the team is asked to choose somebody else. */
const ReplacementSchema = defineEntity({
  name: 'Replacement',
  tableName: 'replacement',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    agreementId: p.uuid().unique(),
    reason: p.enum(['declined', 'dropped-out', 'expired'] as const),
    status: p.enum(['open', 'chosen', 'lapsed'] as const).default('open'),
    chosenApplicationId: p.uuid().nullable(),
    resolvedAt: instant().nullable(),
  },
  indexes: [{ properties: ['campaignId', 'status'] }],
});
export class Replacement extends ReplacementSchema.class {}
ReplacementSchema.setClass(Replacement);
