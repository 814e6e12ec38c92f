import { metrics } from '@sevenfold/domain/figures';
import { figureAskSchema } from '@sevenfold/domain/campaigns';
import { z } from 'zod';
import { named } from '../applications/applications.schemas.js';
import { instant } from '../http/fields.js';

const figure = z
  .object({
    value: z.number(),
    source: z.object({ kind: z.enum(['platform', 'creator', 'team']), platform: z.string().optional(), memberId: z.uuid().optional() }),
    at: instant,
  })
  .meta({ id: 'Figure', description: 'A figure and where it came from' });

export const resultSchema = z
  .object({
    id: z.uuid(),
    collaborationId: z.uuid(),
    platform: z.string(),
    postUrl: z.string(),
    postedAt: instant.nullable(),
    figures: z.record(z.string(), figure),
    screenshotFileId: z.uuid().nullable(),
    missing: z
      .array(z.object({ ...figureAskSchema.shape, metric: z.enum(metrics), dueAt: instant }))
      .meta({ description: 'What the campaign asks for and is not there: why, when and how to find it' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Result' });
export const resultListSchema = z.object({ data: z.array(resultSchema) });
export const campaignResultListSchema = z.object({
  data: z.array(z.object({ ...resultSchema.shape, creator: named }).meta({ id: 'CampaignResult' })),
});

export const pulledSchema = z
  .object({
    pulled: z.array(z.string()).meta({ description: 'The metrics the platform told' }),
    gaps: z.record(z.string(), z.string()).meta({ description: 'Why the others were not' }),
    result: resultSchema,
  })
  .meta({ id: 'PulledFigures' });
