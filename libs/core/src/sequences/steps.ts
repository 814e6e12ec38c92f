import { z } from 'zod';
import { draftTextsSchema } from '../broadcasts/drafts/draft-schema.js';

export const stepConditions = ['always', 'not-read', 'read'] as const;

/** One follow-up: how long after the one before, whether at all, and its words. */
export const stepSchema = z
  .strictObject({
    afterHours: z.number().min(0).max(8_760).meta({ description: 'Elapsed hours after the step before; for the first, after the start' }),
    onlyIf: z.enum(stepConditions).default('always').meta({ description: 'Whether the step that was sent before has been read; otherwise this one is left out. The first step cannot wait for one to be read' }),
    channel: z.string().min(1).max(40).nullable().default(null).meta({ description: 'The channel tried first; otherwise app, mail, SMS' }),
    texts: draftTextsSchema,
  })
  .meta({ id: 'SequenceStep' });
export type Step = z.infer<typeof stepSchema>;

export const sequenceSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  steps: z.array(stepSchema).min(1).max(20),
});
export type SequenceInput = z.infer<typeof sequenceSchema>;
