import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Actor } from '@sevenfold/domain/actors';

/** A question to customer success: may this creator join past the rules? */
const CustomerSuccessRequestSchema = defineEntity({
  name: 'CustomerSuccessRequest',
  tableName: 'customer_success_request',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    reason: p.text(),
    missing: p.json<{ field: string; need?: string; have?: string | null }[]>(),
    status: p.enum(['open', 'added', 'refused'] as const).default('open'),
    requestedBy: p.json<Actor>(),
    resolvedBy: p.json<Actor>().nullable(),
    resolvedAt: instant().nullable(),
    resolution: p.text().nullable(),
  },
  indexes: [{ properties: ['campaignId', 'status'] }],
});
export class CustomerSuccessRequest extends CustomerSuccessRequestSchema.class {}
CustomerSuccessRequestSchema.setClass(CustomerSuccessRequest);
