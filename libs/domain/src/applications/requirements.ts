import { z } from 'zod';

/** What a creator must bring (E2). An absent rule asks nothing. The target audience is information and stands elsewhere. */
export const requirementsSchema = z
  .strictObject({
    /** At least one of these platforms, with at least so many followers there. */
    platforms: z.array(z.strictObject({ platform: z.string().min(1).max(40), minFollowers: z.int().min(0).default(0) })).max(10).optional(),
    /** ISO 3166-1 alpha-2. */
    countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as NL')).max(250).optional(),
    minAge: z.int().min(0).max(120).optional(),
    maxAge: z.int().min(0).max(120).optional(),
    /** ISO 639-1. */
    languages: z.array(z.string().regex(/^[a-z]{2}$/, 'Use a two-letter language code such as nl')).max(100).optional(),
  })
  .refine(({ minAge = 0, maxAge = 120 }) => minAge <= maxAge, { path: ['maxAge'], message: 'Is below the least age' })
  .meta({ id: 'CampaignRequirements' });
export type Requirements = z.infer<typeof requirementsSchema>;
