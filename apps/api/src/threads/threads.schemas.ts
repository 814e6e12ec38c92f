import { messageKinds } from '@sevenfold/core/inbox';
import { maxAttachments } from '@sevenfold/domain/attachments';
import { deliveryStatuses } from '@sevenfold/domain/delivery';
import { z } from 'zod';
import { attachmentSchema } from '../attachments/attachments.schemas.js';
import { instant } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

const person = z.object({ id: z.uuid(), name: z.string() });
const channel = z.string().min(1).max(40).meta({ description: 'The id of a channel, as its plugin gives it', examples: ['email'] });
const textOrFiles = z.string().trim().max(10_000).default('').meta({ description: 'May be left out when files go along' });
const attachmentIds = z.array(z.uuid()).max(maxAttachments).optional().meta({ description: 'Uploads of yours (POST …/attachments), in this order; each goes with one message' });
/** Said together with whatever else is wrong with a body. */
const wordsOrFiles = [
  ({ text: words, attachmentIds: files }: { text?: string; attachmentIds?: string[] | undefined }) => (words ?? '') !== '' || (files ?? []).length > 0,
  { path: ['text'], message: 'Say something, or send a file along', when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null },
] satisfies Parameters<z.ZodObject['refine']>;

export const threadSchema = z
  .object({
    id: z.uuid(),
    creator: person,
    lastMessageAt: instant,
    preview: z.string(),
    lastDirection: z.enum(['in', 'out']),
    lastInboundChannel: z.string().nullable().meta({ description: 'Where the creator last wrote from; a reply goes there' }),
    unread: z.int(),
    waitingSince: instant.nullable().meta({ description: 'The first message of the creator that waits for an answer of a person; null when none does' }),
    replyDueAt: instant.nullable().meta({ description: 'When an answer is overdue; null when nobody waits' }),
    assignee: person.nullable().meta({ description: 'The member it is given to' }),
    snoozedUntil: instant.nullable().meta({ description: 'Out of sight until then, or until the creator writes' }),
    version: z.int(),
  })
  .meta({ id: 'Thread' });

export const listedThreadSchema = threadSchema
  .extend({
    match: z.object({ messageId: z.uuid(), at: instant, snippet: z.string() }).nullable().optional()
      .meta({ description: 'With `q`: the newest message that has all words; null when the name has them' }),
  })
  .meta({ id: 'ListedThread' });

export const threadQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(200).optional().meta({ description: 'Words, parts of words and "phrases in quotes" that all occur in a message, or in the creator’s name' }),
  unread: queryFlag.optional(),
  waiting: queryFlag.optional().meta({ description: 'The last human message is the creator’s, and needs an answer' }),
  overdue: queryFlag.optional().meta({ description: 'The time to answer is over' }),
  assignee: z.union([z.uuid('Give the id of a member, `me` for your own threads, or `none` for those that are nobody’s'), z.enum(['me', 'none'])]).optional().meta({ description: 'A member’s id, `me`, or `none` for threads that are nobody’s' }),
  snoozed: z.enum(['true', 'false', 'all']).default('false').meta({ description: 'What is snoozed is left out unless asked for' }),
  campaignId: z.uuid().optional().meta({ description: 'Threads with a message of this campaign; none for an id nobody has, as in every list' }),
  clientId: z.uuid().optional().meta({ description: 'Threads with a message of a campaign of this client' }),
  creatorId: z.uuid().optional(),
  channel: channel.optional().meta({ description: 'Threads with a message over this channel, by the id its plugin gives it: one that is configured, or that still has threads' }),
});
export type ThreadQuery = z.infer<typeof threadQuery>;

const status = z.enum(deliveryStatuses).meta({
  id: 'DeliveryStatus',
  description: 'Moves only forward. `unknown`: may or may not have left, and is never sent again by itself',
});

const segments = z.int().nullable().meta({ description: 'How many messages the provider made of it and charges for; null where that means nothing' });

const events = z
  .array(z.object({ at: instant, kind: z.string().meta({ examples: ['accepted', 'rejected', 'not_sent', 'unknown', 'status:delivered', 'status:failed'] }), code: z.string().nullable() }))
  .meta({ description: 'Its history, in the order it was heard' });

export const messageSchema = z
  .object({
    id: z.uuid(),
    threadId: z.uuid(),
    at: instant,
    direction: z.enum(['in', 'out']),
    kind: z.enum(messageKinds),
    creator: person,
    author: person.nullable().meta({ description: 'Who of the team wrote it' }),
    sender: z.object({ kind: z.enum(['member', 'creator', 'system']), id: z.uuid().nullable(), name: z.string() }).meta({ description: 'Who speaks; the system speaks as the workspace' }),
    automatic: z.boolean().meta({ description: 'Written by the product, not by a person' }),
    campaignId: z.uuid().nullable(),
    campaign: person.nullable().meta({ description: 'What it is about; PATCH changes it' }),
    broadcastId: z.uuid().nullable(),
    inReplyToId: z.uuid().nullable(),
    channel: z.string().nullable().meta({ description: 'The channel that carries it, or brought it in' }),
    status,
    code: z.string().nullable().meta({ description: 'Why nothing could be tried', examples: ['no_address', 'opted_out'] }),
    subject: z.string().nullable(),
    text: z.string(),
    quotedFrom: z.int().nullable().meta({ description: 'Where in the text the tail begins that only quotes what is answered, to be folded' }),
    readAt: instant.nullable(),
    firstFailure: z.object({ channel: z.string(), code: z.string().nullable() }).nullable().meta({ description: 'The first channel that failed, whatever came after it' }),
    sourceUrl: z.string().nullable().meta({ description: 'Where members read it as it came' }),
    deliveries: z.array(
      z
        .object({ channel: z.string(), status, code: z.string().nullable(), attempts: z.int(), notBefore: instant.nullable().meta({ description: 'It waits until then: for the day (`quiet_hours`), or for another attempt' }), sentAt: instant.nullable(), segments, from: z.string().nullable().meta({ description: 'The address of its author’s own mailbox, when it left by that; null for the workspace’s own' }), events })
        .meta({ id: 'Delivery' }),
    ).meta({ description: 'Every channel it was tried on, the first first' }),
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'Message' });

export const replySchema = z
  .strictObject({
    text: textOrFiles,
    subject: z.string().trim().min(1).max(200).optional(),
    channel: channel.optional().meta({ description: 'Unless told, where the creator last wrote from' }),
    campaignId: z.uuid().optional().meta({ description: 'Unless told, the campaign the thread was last about' }),
    ignoreQuietHours: z.boolean().optional().meta({ description: 'Let it disturb the creator whatever the hour is there' }),
    attachmentIds,
  })
  .refine(...wordsOrFiles)
  .meta({ id: 'Reply' });
export type Reply = z.infer<typeof replySchema>;

export const campaignMessageQuery = pageQuery.extend({ kind: z.enum(messageKinds).optional(), creatorId: z.uuid().optional() });
export type CampaignMessageQuery = z.infer<typeof campaignMessageQuery>;

export const creatorMessageSchema = z
  .object({
    id: z.uuid(),
    at: instant,
    from: z.enum(['me', 'team']),
    author: z.string().nullable(),
    channel: z.string().nullable(),
    campaignId: z.uuid().nullable(),
    subject: z.string().nullable(),
    text: z.string(),
    readAt: instant.nullable(),
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'CreatorMessage' });

export const creatorPostSchema = z.strictObject({ text: textOrFiles, attachmentIds }).refine(...wordsOrFiles).meta({ id: 'CreatorPost' });
export type CreatorPost = z.infer<typeof creatorPostSchema>;
export const postedMessageSchema = z.object({ messageId: z.uuid(), campaignId: z.uuid().nullable() }).meta({ id: 'CreatorPosted' });
export const creatorUnreadSchema = z.object({ unread: z.int().meta({ description: 'Messages in the app I have not read' }) }).meta({ id: 'CreatorUnread' });
export const creatorReadSchema = z
  .strictObject({ upTo: z.uuid().optional().meta({ description: 'The newest message I have seen; what came after it stays unread. Without it all are read' }) })
  .meta({ id: 'CreatorRead' });
export type CreatorRead = z.infer<typeof creatorReadSchema>;
export const readReceiptSchema = z.object({ read: z.int().meta({ description: 'How many were not read before' }) }).meta({ id: 'ReadReceipt' });

export const estimateQuerySchema = z.strictObject({ text: z.string().max(10_000) }).meta({ id: 'EstimateText' });
export type EstimateQuery = z.infer<typeof estimateQuerySchema>;
export const measureSchema = z
  .object({
    segments: z.int().meta({ description: 'How many messages the provider makes of it and charges for' }),
    encoding: z.string().meta({ description: 'The alphabet it needs', examples: ['GSM-7', 'UCS-2'] }),
    units: z.int().meta({ description: 'Units used of that alphabet' }),
    left: z.int().meta({ description: 'Units left in the last piece' }),
  })
  .meta({ id: 'TextMeasure' });
export const estimateSchema = z
  .object({ channels: z.array(measureSchema.extend({ channel: z.string(), label: z.string() }).meta({ id: 'ChannelEstimate' })) })
  .meta({ id: 'Estimate', description: 'Only channels that charge by the piece' });
