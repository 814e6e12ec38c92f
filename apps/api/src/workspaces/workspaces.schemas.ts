import { subscriptions } from '@sevenfold/core/workspaces';
import { mostWorkingHours } from '@sevenfold/domain/reply-clock';
import { z } from 'zod';
import { currency, email, instant, locale, name, timeZone } from '../http/fields.js';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time of the day such as 21:00');
const quietHours = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, { error: 'They must not end when they begin; null turns them off', path: ['to'] })
  .nullable()
  .meta({ description: 'When SMS and notifications wait, by the clock where the creator is; null: never' });
const hours = 'Use a number of hours above 0 and up to 168, or null to leave messages in the app';
const messagingSchema = z
  .strictObject({
    fallThroughHours: z.number({ error: hours }).gt(0, hours).max(168, hours).nullable()
      .meta({ description: 'An app message unread for so long goes by mail as well, once; null: it stays in the app' }),
    quietHours,
    pushShowsText: z.boolean().meta({ description: 'Whether notifications on devices show the beginning of the message; otherwise they say only that there is one' }),
  })
  .meta({ id: 'MessagingSettings' });

const replyRuleSchema = z
  .strictObject({
    hours: z.number().positive().max(720).meta({ description: 'Hours until an answer is overdue; somebody is reminded four hours before' }),
    working: z
      .strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7).meta({ description: 'ISO days of the week, Monday is 1' }), from: clockTime, to: clockTime })
      .refine(({ from, to }) => from < to, { error: 'Work must end later on the same day than it begins', path: ['to'] })
      .nullable()
      .meta({ description: 'Hours that count, by the workspace’s clock; null: all' }),
  })
  .refine(({ hours: given, working }) => working === null || given <= mostWorkingHours(working), {
    error: 'That is more than these working hours come to in a year; give fewer hours, or work longer',
    path: ['hours'],
    // What is no time of the day cannot be counted with.
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ id: 'ReplyRule' });

export const workspaceSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    currency: z.string(),
    subscription: z.enum(subscriptions),
    instagramAccountId: z.string().nullable().meta({ description: 'The workspace’s own account, on which stories go out' }),
    hasInstagramToken: z.boolean().meta({ description: 'Whether that account’s own access token is kept. The token is never shown' }),
    slackChannelId: z.string().nullable().meta({ description: 'Where the bot announces; null for the installation’s own channel' }),
    messaging: messagingSchema,
    replyRule: replyRuleSchema,
    createdAt: instant,
  })
  .meta({ id: 'Workspace' });

const settings = {
  name,
  timeZone: timeZone.meta({ description: 'The newsletter goes out at 18:00 there' }),
  locale,
  currency,
  subscription: z.enum(subscriptions),
};

export const changeWorkspaceSchema = z
  .strictObject({
    ...settings,
    instagramAccountId: z.string().regex(/^\d{1,40}$/, 'Use the numeric id of the account').nullable(),
    instagramAccessToken: z.string().regex(/^[\x21-\x7e]{8,1000}$/, 'Use the access token as it is, without spaces').nullable()
      .meta({ description: 'The access token of that account, written once and never shown. Another account without a token forgets it' }),
    slackChannelId: z.string().regex(/^[CGD][A-Z0-9]{2,40}$/, 'Use the id of a channel, such as C0123456789').nullable(),
    replyRule: replyRuleSchema,
    messaging: messagingSchema.partial().meta({ id: 'ChangeMessagingSettings' }),
  })
  .partial()
  .meta({ id: 'ChangeWorkspace' });
export type ChangeWorkspace = z.infer<typeof changeWorkspaceSchema>;

export const createWorkspaceSchema = z
  .strictObject({
    ...z.strictObject(settings).partial({ locale: true, currency: true, subscription: true }).shape,
    owner: z.strictObject({ name, email }).meta({ description: 'The first owner' }),
    brandTeam: z.boolean().optional().meta({ description: 'A brand’s own team: the only client is the workspace itself' }),
  })
  .meta({ id: 'CreateWorkspace' });
export type CreateWorkspace = z.infer<typeof createWorkspaceSchema>;

export const createdWorkspaceSchema = z
  .object({
    workspace: workspaceSchema,
    ownerId: z.uuid(),
    clientId: z.uuid().nullable(),
    token: z.string().meta({ description: 'The owner’s first token. Shown this once' }),
  })
  .meta({ id: 'CreatedWorkspace' });
