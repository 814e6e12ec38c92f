import { agreementStatuses, termsSchema } from '@sevenfold/domain/agreements';
import { z } from 'zod';
import { named } from '../applications/applications.schemas.js';
import { actor } from '../campaigns/campaigns.schemas.js';
import { instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

export const agreementSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    applicationId: z.uuid(),
    creator: named,
    status: z.enum(agreementStatuses),
    droppedOut: z.boolean().meta({ description: 'Declined after signing' }),
    terms: termsSchema,
    documentHash: z.string().meta({ description: 'SHA-256 of the frozen text, hex: this is what is signed' }),
    pdfReady: z.boolean(),
    sentAt: instant,
    expiresAt: instant,
    timeZone: z.string(),
    paused: z.boolean().meta({ description: 'The window stands still' }),
    remindedAt: instant.nullable(),
    signed: z
      .object({ at: instant, documentHash: z.string(), name: z.string().nullable(), ip: z.string().nullable(), userAgent: z.string().nullable() })
      .nullable()
      .meta({ description: 'Name, IP and browser open with the group, at the start' }),
    ended: z.object({ at: instant, by: actor.nullable(), reason: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Agreement' });

export const agreementQuery = pageQuery.extend({ status: z.enum([...agreementStatuses, 'dropped-out']).optional() });
export type AgreementQuery = z.infer<typeof agreementQuery>;

export const sentAgreementsSchema = z
  .object({
    agreements: z.array(z.object({ agreementId: z.uuid(), applicationId: z.uuid(), creatorId: z.uuid(), expiresAt: instant })),
  })
  .meta({ id: 'SentAgreements' });

export const withdrawSchema = z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() }).meta({ id: 'WithdrawAgreement' });
export type Withdraw = z.infer<typeof withdrawSchema>;

const replacementStatuses = ['open', 'chosen', 'lapsed'] as const;
export const replacementSchema = z
  .object({
    id: z.uuid(),
    agreementId: z.uuid(),
    creator: named.meta({ description: 'Who is to be replaced' }),
    reason: z.enum(['declined', 'dropped-out', 'expired']),
    status: z.enum(replacementStatuses),
    chosen: z.object({ applicationId: z.uuid(), creatorId: z.uuid(), name: z.string() }).nullable(),
    createdAt: instant,
    resolvedAt: instant.nullable(),
  })
  .meta({ id: 'Replacement' });
export const replacementListSchema = z.object({ data: z.array(replacementSchema) });
export const replacementQuery = z.strictObject({ status: z.enum(replacementStatuses).optional() });
export type ReplacementQuery = z.infer<typeof replacementQuery>;

export const chooseSchema = z.strictObject({ applicationId: z.uuid() }).meta({ id: 'ChooseReplacement' });
export type Choose = z.infer<typeof chooseSchema>;
