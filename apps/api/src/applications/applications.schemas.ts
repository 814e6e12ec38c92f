import { agreementStatuses } from '@sevenfold/domain/agreements';
import { applicationSources, applicationStatuses } from '@sevenfold/domain/applications';
import { z } from 'zod';
import { actor } from '../campaigns/campaigns.schemas.js';
import { instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

/** Somebody by id and name. */
export const named = z.object({ id: z.uuid(), name: z.string() });

export const moneySchema = z
  .object({ amountMinor: z.int().meta({ description: 'In minor units: cents of EUR' }), currency: z.string() })
  .meta({ id: 'Money' });

export const lackSchema = z
  .object({ field: z.string(), need: z.string().optional(), have: z.string().nullable().optional() })
  .meta({ id: 'Lack', description: 'A qualification that is missing' });

const profile = z.object({ id: z.uuid(), platform: z.string(), username: z.string(), url: z.string(), followers: z.int().nullable() });

export const applicationSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    creator: named,
    status: z.enum(applicationStatuses),
    source: z.enum(applicationSources),
    byHand: z.object({ reason: z.string(), by: actor }).nullable().meta({ description: 'Why the rules were passed, and by whom' }),
    motivation: z.string().nullable(),
    price: moneySchema.nullable().meta({ description: 'As proposed; hidden from client reviewers' }),
    answers: z.record(z.string(), z.string()),
    profiles: z.array(profile),
    createdAt: instant,
    moved: z.object({ at: instant, by: actor }).nullable().meta({ description: 'The last move' }),
    agreement: z.object({ id: z.uuid(), status: z.enum(agreementStatuses), droppedOut: z.boolean() }).nullable().meta({ description: 'The newest one' }),
  })
  .meta({ id: 'Application' });

export const applicationQuery = pageQuery.extend({
  status: z.enum(applicationStatuses).optional(),
  source: z.enum(applicationSources).optional(),
});
export type ApplicationQuery = z.infer<typeof applicationQuery>;

export const moveSchema = z.strictObject({ status: z.enum(applicationStatuses) }).meta({ id: 'MoveApplication' });
export type Move = z.infer<typeof moveSchema>;

export const byHandSchema = z
  .strictObject({ creatorId: z.uuid(), reason: z.string().trim().min(1).max(2_000) })
  .meta({ id: 'AddByHand' });
export type ByHand = z.infer<typeof byHandSchema>;
