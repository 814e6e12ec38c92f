import { z } from 'zod';
import { lackSchema, named } from '../applications/applications.schemas.js';
import { actor } from '../campaigns/campaigns.schemas.js';
import { instant } from '../http/fields.js';

const statuses = ['open', 'added', 'refused'] as const;
const reason = z.string().trim().min(1).max(2_000);

export const customerSuccessRequestSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    creator: named,
    reason: z.string(),
    missing: z.array(lackSchema).meta({ description: 'What the creator lacked when it was asked' }),
    status: z.enum(statuses),
    requestedBy: actor.nullable(),
    createdAt: instant,
    resolved: z.object({ at: instant, by: actor.nullable(), reason: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'CustomerSuccessRequest' });
export const customerSuccessListSchema = z.object({ data: z.array(customerSuccessRequestSchema) });

export const customerSuccessQuery = z.strictObject({ status: z.enum(statuses).optional() });
export type CustomerSuccessQuery = z.infer<typeof customerSuccessQuery>;

export const askCustomerSuccessSchema = z.strictObject({ creatorId: z.uuid(), reason }).meta({ id: 'AskCustomerSuccess' });
export type AskCustomerSuccess = z.infer<typeof askCustomerSuccessSchema>;

export const resolveSchema = z
  .strictObject({ decision: z.enum(['add', 'refuse']), reason: reason.optional() })
  .meta({ id: 'ResolveCustomerSuccess' });
export type Resolve = z.infer<typeof resolveSchema>;
