import { termsSchema } from '@sevenfold/domain/agreements';
import { z } from 'zod';

/** What *send agreements* carries: nothing means everybody selected who has none; terms stand above the campaign's own. */
export const sendAgreementsSchema = z
  .strictObject({
    items: z
      .array(z.strictObject({ applicationId: z.uuid(), terms: termsSchema.partial().optional() }))
      .min(1)
      .max(1_000)
      .optional(),
  })
  .meta({ id: 'SendAgreementsInput' });
export type SendAgreementsInput = z.infer<typeof sendAgreementsSchema>;
