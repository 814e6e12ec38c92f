import { agreementStatuses, termsSchema } from '@sevenfold/domain/agreements';
import { requirementsSchema } from '@sevenfold/domain/applications';
import { campaignStatuses, contactSchema, figureAskSchema, questionSchema } from '@sevenfold/domain/campaigns';
import { z } from 'zod';
import { moneySchema } from '../applications/applications.schemas.js';
import { parcelViewSchema } from '../collaborations/collaborations.schemas.js';
import { instant } from '../http/fields.js';
import { inviteStatuses } from '../invites/invites.schemas.js';

export const marketplaceSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    client: z.string(),
    brief: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    publishedAt: instant,
    closesAt: instant,
    timeZone: z.string(),
    status: z.enum(campaignStatuses),
    open: z.boolean().meta({ description: 'Whether one can apply now' }),
    requirements: requirementsSchema,
    questions: z.array(questionSchema),
    hashtags: z.array(z.string()),
    contact: contactSchema.nullable(),
    applied: z.boolean(),
  })
  .meta({ id: 'MarketplaceCampaign' });

export const ownApplicationSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    campaignName: z.string(),
    motivation: z.string().nullable(),
    price: moneySchema.nullable(),
    answers: z.record(z.string(), z.string()),
    createdAt: instant,
  })
  .meta({ id: 'OwnApplication' });
export const ownApplicationListSchema = z.object({ data: z.array(ownApplicationSchema) });
export const appliedSchema = z.object({ applicationId: z.uuid() }).meta({ id: 'Applied' });

export const entrySchema = z
  .object({ enteredAt: instant.nullable().meta({ description: 'When something was entered; what it was is not given out here' }) })
  .meta({ id: 'CampaignEntry' });

export const ownInviteSchema = z
  .object({
    id: z.uuid(),
    workspace: z.string(),
    client: z.string(),
    campaign: z.object({
      id: z.uuid(),
      name: z.string(),
      brief: z.string().nullable(),
      startsOn: z.iso.date().nullable(),
      endsOn: z.iso.date().nullable(),
      closesAt: instant.nullable(),
      timeZone: z.string(),
      contact: contactSchema.nullable(),
    }),
    creator: z.object({ name: z.string() }),
    status: z.enum(inviteStatuses),
    open: z.boolean(),
    asked: z.array(z.object({ path: z.string(), message: z.string() })).meta({ description: 'Values to give along, in `about`' }),
  })
  .meta({ id: 'OwnInvite' });
export const ownInviteListSchema = z.object({ data: z.array(ownInviteSchema) });

export const ownAgreementSchema = z
  .object({
    id: z.uuid(),
    workspace: z.string(),
    client: z.string(),
    campaign: z.object({ id: z.uuid(), name: z.string(), contact: contactSchema.nullable() }),
    status: z.enum(agreementStatuses),
    droppedOut: z.boolean(),
    terms: termsSchema,
    documentHash: z.string().meta({ description: 'Send it back with the signature' }),
    sentAt: instant,
    expiresAt: instant,
    timeZone: z.string(),
    paused: z.boolean().meta({ description: 'The window stands still' }),
    signedAt: instant.nullable(),
    endedAt: instant.nullable(),
    allowed: z.array(z.enum(['sign', 'decline', 'drop-out'])),
  })
  .meta({ id: 'OwnAgreement' });
export const ownAgreementListSchema = z.object({ data: z.array(ownAgreementSchema) });

export const signSchema = z
  .strictObject({
    name: z.string().max(1_000).meta({ description: 'Typed by the creator' }),
    agreed: z.boolean().meta({ description: 'The tick' }),
    documentHash: z.string().max(128),
  })
  .meta({ id: 'SignAgreement' });
export type Sign = z.infer<typeof signSchema>;

export const refuseSchema = z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() }).meta({ id: 'RefuseAgreement' });
export type Refuse = z.infer<typeof refuseSchema>;

export const ownCollaborationSchema = z
  .object({
    id: z.uuid(),
    campaign: z.object({
      id: z.uuid(),
      name: z.string(),
      brief: z.string().nullable(),
      contact: contactSchema.nullable(),
      figures: z.array(figureAskSchema).meta({ description: 'Which figures are needed, why, when and how to find them' }),
    }),
    agreementId: z.uuid(),
    terms: termsSchema,
    startedAt: instant,
    parcels: z.array(parcelViewSchema),
  })
  .meta({ id: 'OwnCollaboration' });
export const ownCollaborationListSchema = z.object({ data: z.array(ownCollaborationSchema) });

export const changeMeSchema = z.strictObject({ newsletterOptIn: z.boolean() }).meta({ id: 'ChangeMe' });
export type ChangeMe = z.infer<typeof changeMeSchema>;
