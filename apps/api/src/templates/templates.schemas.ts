import { z } from 'zod';
import { instant, locale } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

const key = z.string().max(60).meta({ description: 'A key of the list, or `partial.` and a name' });
const language = locale.max(35).optional().meta({ description: '`en` when absent: what every reader gets whose language has no text of its own' });
const campaignId = z.uuid().optional().meta({ description: 'The text of this campaign only; of the workspace when absent' });
const source = z.string().max(60_000);
const forms = z
  .strictObject({ subject: source, text: source, html: source, short: source })
  .partial()
  .meta({ id: 'TemplateForms', description: 'Handlebars. A message has all four (short is for SMS), a document html, a partial html and text. An edited text stands for html and short as well unless they are edited too.' });
const problem = z.record(z.string(), z.unknown()).nullable().meta({ description: 'Why the version in force could not be used; the default went out in its place' });
const kind = z.enum(['message', 'document', 'partial']);
const about = { key, kind, title: z.string(), about: z.string() };
const origin = z.enum(['message', 'campaign', 'workspace', 'default']);
const effective = z
  .record(z.string(), z.object({ source: z.string().nullable().meta({ description: 'Null: made of the text' }), from: origin }))
  .meta({ description: 'What each form says in the end, and whose words they are' });

export const templateSummarySchema = z
  .object({
    ...about,
    edited: z.array(z.object({ language: z.string(), campaignId: z.uuid().nullable(), version: z.int(), updatedAt: instant, problem })),
  })
  .meta({ id: 'TemplateSummary' });

export const templateSchema = z
  .object({
    ...about,
    language: z.string(),
    campaignId: z.uuid().nullable(),
    version: z.int().meta({ description: 'Send it back as `expectedVersion`; 0 when nothing was saved here' }),
    updatedAt: instant.nullable(),
    own: forms.nullable().meta({ description: 'What is saved here; null where the next level speaks' }),
    effective,
    defaults: forms,
    variables: z.array(z.object({ name: z.string(), always: z.boolean().meta({ description: 'Otherwise ask first: {{#if …}}' }) })),
    problem,
  })
  .meta({ id: 'Template' });

export const templateVersionSchema = z
  .object({
    number: z.int(),
    forms: forms.nullable().meta({ description: 'Null: the default again, from here on' }),
    savedAt: instant,
    savedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    note: z.string().nullable(),
    restoredFrom: z.int().nullable(),
    inForce: z.boolean(),
  })
  .meta({ id: 'TemplateVersion' });

export const addressQuery = z.strictObject({ language, campaignId });
export type AddressQuery = z.infer<typeof addressQuery>;
export const versionsQuery = pageQuery.extend({ language, campaignId });
export type VersionsQuery = z.infer<typeof versionsQuery>;

const expectedVersion = z.int().min(0).meta({ description: 'The version you began with; somebody else’s in between is 409' });

export const saveTemplateSchema = z
  .strictObject({ language, campaignId, expectedVersion, forms, note: z.string().trim().max(500).optional() })
  .meta({ id: 'SaveTemplate' });
export type SaveTemplate = z.infer<typeof saveTemplateSchema>;

export const restoreTemplateSchema = z.strictObject({ language, campaignId, expectedVersion, version: z.int().min(1) }).meta({ id: 'RestoreTemplate' });
export type RestoreTemplate = z.infer<typeof restoreTemplateSchema>;

export const resetTemplateSchema = z.strictObject({ language, campaignId, expectedVersion }).meta({ id: 'ResetTemplate' });
export type ResetTemplate = z.infer<typeof resetTemplateSchema>;

export const previewTemplateSchema = z
  .strictObject({
    campaignId: z.uuid(),
    creatorId: z.uuid(),
    language: language.meta({ description: 'The creator’s when absent' }),
    forms: forms.optional().meta({ description: 'Forms not saved yet' }),
    level: z.enum(['workspace', 'campaign', 'message']).optional().meta({ description: 'Where those would be saved; for one message only when absent' }),
  })
  .meta({ id: 'PreviewTemplate' });
export type PreviewTemplate = z.infer<typeof previewTemplateSchema>;

export const templatePreviewSchema = z
  .object({
    key,
    texts: forms,
    effective,
    channels: z.array(z.object({
      channel: z.string(), label: z.string(), form: z.enum(['html', 'text', 'short']), subject: z.string().nullable(), body: z.string(),
      segments: z.int().nullable().meta({ description: 'How many messages the provider makes of it and charges for; null where that means nothing' }),
    })),
    madeUp: z.array(z.string()).meta({ description: 'Data that only a real message has' }),
  })
  .meta({ id: 'TemplatePreview' });
