import { broadcastStatuses, draftTextsSchema, resultStates, selectionSchema, skipReasons } from '@sevenfold/core/broadcasts';
import { messageKinds } from '@sevenfold/core/inbox';
import { deliveryStatuses } from '@sevenfold/domain/delivery';
import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';
import { measureSchema } from '../threads/threads.schemas.js';

const line = {
  id: z.uuid(),
  name: z.string().nullable().meta({ description: 'What the team calls it; null for what the product wrote' }),
  campaignId: z.uuid().nullable(),
  kind: z.enum(messageKinds),
  status: z.enum(broadcastStatuses),
  pausedAt: instant.nullable().meta({ description: 'Held by somebody since then: nothing of it leaves' }),
  total: z.int().meta({ description: 'Recipients, the skipped included; 0 until it is sent' }),
  authorMemberId: z.uuid().nullable(),
  createdAt: instant,
  sendAt: instant.nullable(),
  timeZone: z.string().nullable().meta({ description: 'The zone in which `sendAt` was meant' }),
  sentAt: instant.nullable().meta({ description: 'When its recipients and texts were frozen' }),
  startedAt: instant.nullable(),
  doneAt: instant.nullable(),
  version: z.int(),
};
export const broadcastLineSchema = z.object(line).meta({ id: 'BroadcastLine' });

const reasons = z.partialRecord(z.enum(skipReasons), z.int());

export const broadcastSchema = z
  .object({
    ...line,
    recipients: selectionSchema.nullable().meta({ description: 'Null where the product named the recipients itself' }),
    texts: draftTextsSchema.nullable(),
    purpose: z.enum(['conversation', 'notice', 'newsletter']).nullable(),
    channel: z.string().nullable(),
    ratePerSecond: z.number().nullable(),
    counts: z.record(z.enum([...deliveryStatuses, 'skipped', 'cancelled']), z.int()).meta({ description: 'Recipients by what became of their message; together they are the total' }),
    skippedBecause: reasons,
    unresolved: z.int().meta({ description: 'Unknown ones nobody has decided about' }),
    perSecond: z.number().meta({ description: 'How many are through per second, over the last ten' }),
    secondsLeft: z.int().nullable().meta({ description: 'At that pace; null while nothing moves' }),
  })
  .meta({ id: 'Broadcast' });

const zero = '0 when there were none, or another press was first: then nothing has changed';
/** What a press that is about many did, and how the broadcast stands then. */
export const retriedSchema = broadcastSchema.extend({ retried: z.int().meta({ description: `How many failed ones this press sends again; ${zero}` }) }).meta({ id: 'BroadcastRetried' });
export const resolvedSchema = broadcastSchema.extend({ resolved: z.int().meta({ description: `How many unknown ones this press decided about; ${zero}` }) }).meta({ id: 'BroadcastResolved' });

const skipCount = z.object({
  count: z.int(),
  examples: z.array(z.object({ creatorId: z.uuid(), name: z.string(), variables: z.array(z.string()).nullable() })),
});

export const checkSchema = z
  .object({
    recipients: z.int(),
    total: z.int().meta({ description: 'Who would get a message' }),
    willSend: z.record(z.string(), z.int()).meta({ description: 'Messages by the channel they would take first' }),
    segments: z.record(z.string(), z.int()).meta({ description: 'What the providers will charge for, by channel, where they charge by the piece' }),
    skipped: z.partialRecord(z.enum(skipReasons), skipCount).meta({ description: 'Who would get nothing, and why, with up to ten of them' }),
    missingVariables: z.record(z.string(), z.int()).meta({ description: 'How many lack each variable' }),
    sharedAddresses: z.int().meta({ description: 'Messages to an address that another recipient has as well; each still gets their own' }),
    variables: z.array(z.string()).meta({ description: 'What the texts read' }),
    atLeastSeconds: z.int().nullable().meta({ description: 'How long it will take at the pace allowed; null without a limit' }),
  })
  .meta({ id: 'BroadcastCheck' });

export const previewQuery = z.strictObject({ creatorId: z.uuid() });
export type PreviewQuery = z.infer<typeof previewQuery>;

export const previewSchema = z
  .object({
    creator: z.object({ id: z.uuid(), name: z.string() }),
    chosen: z.boolean().meta({ description: 'Whether they are among the recipients now' }),
    texts: z.object({ subject: z.string(), text: z.string(), html: z.string(), short: z.string() }).nullable(),
    channel: z.string().nullable(),
    address: z.string().nullable(),
    skip: z.enum(skipReasons).nullable(),
    measure: measureSchema.nullable().meta({ description: 'What it would cost there; null where length costs nothing' }),
    variables: z.array(z.string()).nullable(),
  })
  .meta({ id: 'BroadcastPreview' });

export const resultSchema = z
  .object({
    creator: z.object({ id: z.uuid(), name: z.string() }),
    state: z.enum(resultStates),
    messageId: z.uuid().nullable(),
    channel: z.string().nullable(),
    code: z.string().nullable().meta({ description: 'Why it failed or was skipped' }),
    reason: z.string().nullable(),
    variables: z.array(z.string()).nullable(),
    left: z.boolean().meta({ description: 'An unknown one that the team left as it is' }),
    sentAt: instant.nullable(),
    deliveries: z.array(z.object({
      channel: z.string(), status: z.enum(deliveryStatuses), code: z.string().nullable(), attempts: z.int(), round: z.int(), sentAt: instant.nullable(),
    })).meta({ description: 'First tried first; a round begins whenever the team had it sent again' }),
  })
  .meta({ id: 'BroadcastResult' });

export const resultQuery = pageQuery.extend({ state: z.enum(resultStates).optional() });
export type ResultQuery = z.infer<typeof resultQuery>;

export const broadcastQuery = pageQuery.extend({
  status: z.enum(broadcastStatuses).optional(),
  campaignId: z.uuid().optional(),
  byTeam: queryFlag.optional().meta({ description: 'Only what the team wrote to many, or only what the product did' }),
});
export type BroadcastQuery = z.infer<typeof broadcastQuery>;

export const resolveSchema = z
  .strictObject({ action: z.enum(['resend', 'leave']).meta({ description: 'Send all of them once more, at the risk that somebody gets two; or leave them as they are' }) })
  .meta({ id: 'ResolveUnknown' });
export type Resolve = z.infer<typeof resolveSchema>;

export const broadcastMessageQuery = pageQuery.extend({ status: z.enum(deliveryStatuses).optional() });
export type BroadcastMessageQuery = z.infer<typeof broadcastMessageQuery>;
