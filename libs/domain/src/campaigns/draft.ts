import { z } from 'zod';
import { termsSchema } from '../agreements/terms.js';
import { requirementsSchema } from '../applications/requirements.js';
import { isTimeZone } from '../locale/time-zone.js';
import { metrics } from '../figures/metrics.js';

const text = (max: number) => z.string().trim().min(1).max(max);

export const contactSchema = z
  .strictObject({ name: text(120), phone: text(40), chatUrl: z.url({ protocol: /^https?$/ }).optional() })
  .meta({ id: 'CampaignContact', description: 'Whom team and creators can ask' });

export const questionSchema = z
  .strictObject({ key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use small letters, digits and hyphens, beginning with a letter; at most 40'), question: text(500), required: z.boolean().default(true) })
  .meta({ id: 'CampaignQuestion' });

export const imageSchema = z
  .strictObject({ fileId: z.uuid(), storyAllowed: z.boolean().default(false) })
  .meta({ id: 'CampaignImage', description: 'Images marked storyAllowed may appear in the story' });

export const figureAskSchema = z
  .strictObject({
    platform: text(40),
    metric: z.enum(metrics),
    why: text(500),
    /** Days after the post at which the figure is due. */
    dueAfterDays: z.int().min(0).max(365).default(7),
    how: text(1_000),
  })
  .meta({ id: 'FigureAsk', description: 'Which figure is needed, why, when and how to find it (E7)' });

/** A campaign as it is being written: everything may still be missing. */
export const campaignDraftSchema = z
  .strictObject({
    name: text(200).optional(),
    clientId: z.uuid().optional(),
    brief: text(20_000).optional(),
    startsOn: z.iso.date().optional(),
    endsOn: z.iso.date().optional(),
    timeZone: z.string().refine(isTimeZone, 'Use an IANA time zone such as Europe/Amsterdam').optional(),
    requirements: requirementsSchema.optional(),
    contact: contactSchema.optional(),
    audience: text(5_000).optional(),
    images: z.array(imageSchema).max(50).optional(),
    questions: z.array(questionSchema).max(30).optional(),
    figures: z.array(figureAskSchema).max(100).optional(),
    terms: termsSchema.partial().optional(),
    hashtags: z.array(text(60)).max(20).optional(),
    scheduleId: z.uuid().optional(),
  })
  .superRefine(({ startsOn, endsOn }, context) => {
    if (startsOn && endsOn && endsOn < startsOn) {
      context.addIssue({ code: 'custom', path: ['endsOn'], message: 'Ends before it starts' });
    }
  })
  .meta({ id: 'CampaignDraft' });
export type CampaignDraft = z.infer<typeof campaignDraftSchema>;
