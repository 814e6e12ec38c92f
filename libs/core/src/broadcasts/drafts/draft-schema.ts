import { isTimeZone } from '@sevenfold/domain/locale';
import { z } from 'zod';
import { selectionSchema } from '../recipients/selection.js';

/** The words of a broadcast, as templates. */
export const draftTextsSchema = z
  .strictObject({
    subject: z.string().trim().min(1).max(200).optional().meta({ description: 'For channels with subjects; otherwise “Message from” and the workspace' }),
    text: z.string().trim().min(1).max(10_000),
    short: z.string().trim().min(1).max(1_000).optional().meta({ description: 'For SMS; otherwise the text' }),
  })
  .meta({ id: 'BroadcastTexts', description: 'Handlebars: {{creator.name}}, {{campaign.name}}, … A variable without a value skips the recipient. A change replaces all of them' });
export type DraftTexts = z.infer<typeof draftTextsSchema>;

/** Slower than one in 100 seconds is a schedule and no pace: a batch would wait for its turn longer than an attempt may last. */
const ratePerSecond = z.number().min(0.01).max(1_000).nullable();

/** A message to many as it is written. */
export const draftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).meta({ description: 'What the team calls it; recipients never see it' }),
  recipients: selectionSchema,
  texts: draftTextsSchema,
  campaignId: z.uuid().nullable().default(null).meta({ description: 'What it is about: answers belong there, and its variables can be used' }),
  channel: z.string().min(1).max(40).nullable().default(null).meta({ description: 'The channel tried first; otherwise app, mail, SMS, as each creator can be reached' }),
  purpose: z.enum(['notice', 'newsletter']).default('notice').meta({ description: 'A newsletter goes only to those who opted in, never by SMS, with a way out' }),
  ratePerSecond: ratePerSecond.default(null).meta({ description: 'Messages per second and channel, below what the sender is allowed; 0.01 is one in 100 seconds' }),
});
export type Draft = z.infer<typeof draftSchema>;
export const changeDraftSchema = z.strictObject({
  ...draftSchema.shape,
  campaignId: z.uuid().nullable(), channel: z.string().min(1).max(40).nullable(), purpose: z.enum(['notice', 'newsletter']),
  ratePerSecond,
}).partial();
export type DraftChange = z.infer<typeof changeDraftSchema>;

/** When it shall be sent, and how that moment was meant. */
export const scheduleSchema = z.strictObject({
  at: z.iso.datetime().meta({ description: 'UTC, ISO 8601; in the future' }),
  timeZone: z.string().refine(isTimeZone, 'Use an IANA time zone such as Europe/Amsterdam').optional().meta({ description: 'In which it is shown; the workspace’s unless told' }),
});
export type Schedule = z.infer<typeof scheduleSchema>;
