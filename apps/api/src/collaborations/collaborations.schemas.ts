import { postalAddressSchema } from '@sevenfold/core/personal-data';
import { termsSchema } from '@sevenfold/domain/agreements';
import { z } from 'zod';
import { named } from '../applications/applications.schemas.js';
import { instant } from '../http/fields.js';

export const parcelViewSchema = z
  .object({
    id: z.uuid(),
    carrier: z.string(),
    trackingCode: z.string(),
    trackingUrl: z.string().nullable(),
    sentOn: z.iso.date().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Parcel' });
export const parcelListSchema = z.object({ data: z.array(parcelViewSchema) });

export const collaborationSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    creator: named,
    agreementId: z.uuid(),
    terms: termsSchema,
    startedAt: instant,
    threadId: z.uuid().nullable().meta({ description: 'The one-to-one chat' }),
    parcels: z.array(parcelViewSchema),
    results: z.int().meta({ description: 'Posts told of so far' }),
  })
  .meta({ id: 'Collaboration' });

export const addressSchema = z
  .object({
    id: z.uuid(),
    source: z.enum(['team', 'start']).meta({ description: 'Typed by the team, or opened by the start of a campaign' }),
    campaignId: z.uuid().nullable(),
    address: postalAddressSchema,
    updatedAt: instant,
  })
  .meta({ id: 'CreatorAddress' });
export const addressListSchema = z.object({ data: z.array(addressSchema) });

export const collaborationDetailSchema = z
  .object({ ...collaborationSchema.shape, addresses: z.array(addressSchema) })
  .meta({ id: 'CollaborationDetail' });

export const groupMessageSchema = z
  .strictObject({ subject: z.string().trim().min(1).max(200).optional(), text: z.string().trim().min(1).max(20_000) })
  .meta({ id: 'GroupMessage' });
export type GroupMessage = z.infer<typeof groupMessageSchema>;

export const groupMessageAnswerSchema = z.object({ broadcastId: z.uuid(), recipients: z.int() }).meta({ id: 'GroupMessageSent' });
