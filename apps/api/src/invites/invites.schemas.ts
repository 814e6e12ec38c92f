import { aboutCreatorSchema } from '@sevenfold/core/applications';
import { maxInviteText } from '@sevenfold/core/invites';
import { z } from 'zod';
import { lackSchema, named } from '../applications/applications.schemas.js';
import { country, instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

export const inviteStatuses = ['sent', 'interested', 'not-qualified'] as const;
const text = z.string().trim().min(1).max(maxInviteText)
  .meta({ description: 'Your own words in place of the default ones; variables such as {{creator.name}} are filled in, and the link is added' });

export const inviteSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    creator: named,
    text: z.string().meta({ description: 'As it was sent, without the personal link' }),
    status: z.enum(inviteStatuses),
    sentAt: instant,
    sentBy: named.nullable(),
    interestedAt: instant.nullable(),
    interestVia: z.string().nullable(),
    missing: z.array(lackSchema).nullable(),
    messageId: z.uuid().nullable(),
  })
  .meta({ id: 'Invite' });

export const inviteQuery = pageQuery.extend({ status: z.enum(inviteStatuses).optional() });
export type InviteQuery = z.infer<typeof inviteQuery>;

export const sendInvitesSchema = z
  .strictObject({
    creators: z.array(z.strictObject({ creatorId: z.uuid(), text: text.optional() })).min(1).max(500),
    text: text.optional(),
  })
  .meta({ id: 'SendInvites' });
export type SendInvites = z.infer<typeof sendInvitesSchema>;

export const inviteOutcomesSchema = z
  .object({
    data: z.array(
      z.object({ creatorId: z.uuid(), result: z.enum(['sent', 'already-invited', 'already-applied']), inviteId: z.uuid().nullable() }),
    ),
  })
  .meta({ id: 'InviteOutcomes', description: 'What became of each, in the order asked' });

export const previewInviteSchema = z.strictObject({ creatorId: z.uuid(), text: text.optional() }).meta({ id: 'PreviewInvite' });
export type PreviewInvite = z.infer<typeof previewInviteSchema>;

export const invitePreviewSchema = z
  .object({
    source: z.string().meta({ description: 'The text to edit, with its variables' }),
    texts: z.object({ subject: z.string(), text: z.string(), html: z.string(), short: z.string() }),
  })
  .meta({ id: 'InvitePreview' });

export const networkQuery = pageQuery.extend({
  platform: z.string().trim().toLowerCase().min(1).max(40).optional(),
  minFollowers: z.coerce.number().int().min(0).max(2_000_000_000).optional(),
  country: country.optional(),
  language: z.string().regex(/^[a-z]{2}$/, 'Use an ISO 639 code such as nl').optional(),
  name: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the name or of a username' }),
});
export type NetworkQuery = z.infer<typeof networkQuery>;

export const networkCreatorSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    country: z.string().nullable(),
    languages: z.array(z.string()),
    profiles: z.array(z.object({ platform: z.string(), username: z.string(), url: z.string(), followers: z.int().nullable() })),
    invited: z.enum(inviteStatuses).nullable(),
    applied: z.boolean(),
  })
  .meta({ id: 'NetworkCreator' });

export const interestSchema = z.strictObject({ about: aboutCreatorSchema.optional() }).meta({ id: 'Interest' });
export type Interest = z.infer<typeof interestSchema>;

export const interestOutcomeSchema = z
  .object({
    outcome: z.enum(['applied', 'not-qualified', 'asked']),
    applicationId: z.uuid().optional(),
    missing: z.array(lackSchema).optional(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional().meta({ description: 'Values nobody knows; the creator is asked for them' }),
  })
  .meta({ id: 'InterestOutcome' });
