import { z } from 'zod';

const profile = z
  .strictObject({
    platform: z.string().trim().min(1).max(40),
    /** A profile URL or a username. */
    profile: z.string().trim().min(1).max(300),
    followers: z.int().min(0).max(2_000_000_000).optional(),
  })
  .meta({ id: 'AboutProfile' });

/** What a creator says about themselves where nobody knew it. What is known already is not changed by it. */
export const aboutCreatorSchema = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as NL').optional(),
    birthDate: z.iso.date().optional(),
    languages: z.array(z.string().regex(/^[a-z]{2}$/, 'Use a two-letter language code such as nl')).min(1).max(20).optional(),
    profiles: z.array(profile).min(1).max(10).optional(),
  })
  .meta({ id: 'AboutCreator', description: 'Values a requirement asks for and nobody knew yet' });
export type AboutCreator = z.infer<typeof aboutCreatorSchema>;

/** What an application holds, as the creator sends it. */
export const applySchema = z
  .strictObject({
    motivation: z.string().trim().min(1).max(5_000),
    /** The price the creator proposes, in minor units. */
    price: z.strictObject({ amountMinor: z.int().min(0).max(1_000_000_000_00), currency: z.string().regex(/^[A-Z]{3}$/, 'Use an ISO 4217 code such as EUR') }).optional(),
    /** By the key of the campaign's question. */
    answers: z.record(z.string().max(40), z.string().trim().max(5_000)).default({}),
    /** The creator's own profiles meant for this campaign; all of them when absent. */
    profileIds: z.array(z.uuid()).max(20).optional(),
    about: aboutCreatorSchema.optional(),
  })
  .meta({ id: 'ApplyInput' });
export type ApplyInput = z.infer<typeof applySchema>;
