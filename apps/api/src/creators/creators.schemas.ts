import { linkPurposes } from '@sevenfold/core/creators';
import { z } from 'zod';
import { country, instant, locale, name, timeZone } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

const contactPoint = z
  .strictObject({ channel: z.string().min(1).max(40), address: z.string().min(1).max(320) })
  .meta({ id: 'ContactPoint', description: 'An address on one channel, in the form the channel’s plugin gives it' });

const profile = z
  .object({ id: z.uuid(), platform: z.string(), username: z.string(), url: z.string(), followers: z.int().nullable() })
  .meta({ id: 'Profile', description: 'An account on one platform' });

const profileInput = z
  .strictObject({
    platform: z.string().min(1).max(40).optional().meta({ description: 'Needed for a bare username' }),
    profile: z.string().trim().min(1).max(500).meta({ description: 'The profile’s URL, @name or username' }),
    followers: z.int().min(0).max(2_000_000_000).nullable().optional(),
  })
  .meta({ id: 'ProfileInput' });

const language = z.string().regex(/^[a-z]{2}$/, 'Use an ISO 639 code such as nl');

const fields = {
  name,
  country: country.nullable(),
  birthDate: z.iso.date().nullable(),
  languages: z.array(language).max(20),
  timeZone: timeZone.nullable(),
  locale: locale.nullable(),
  inNetwork: z.boolean().meta({ description: 'Joined the network: can be searched and invited' }),
  newsletterOptIn: z.boolean(),
  hasApp: z.boolean().meta({ description: 'Signed in to the creator app, and not removed it since' }),
};

export const creatorSchema = z
  .object({ id: z.uuid(), ...fields, contactPoints: z.array(contactPoint), profiles: z.array(profile), createdAt: instant, updatedAt: instant })
  .meta({ id: 'Creator' });

const writable = z.strictObject({
  ...fields,
  contactPoints: z.array(contactPoint).max(20).meta({ description: 'All of them: what is not named is taken away' }),
  profiles: z.array(profileInput).max(20).meta({ description: 'All of them: what is not named is taken away' }),
});
export const changeCreatorSchema = writable.partial().meta({ id: 'ChangeCreator' });
export type ChangeCreator = z.infer<typeof changeCreatorSchema>;
export const createCreatorSchema = z.strictObject({ ...writable.partial().shape, name }).meta({ id: 'CreateCreator' });
export type CreateCreator = z.infer<typeof createCreatorSchema>;

export const creatorQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the name or of a username' }),
  inNetwork: queryFlag.optional(),
  newsletterOptIn: queryFlag.optional(),
  hasApp: queryFlag.optional(),
  platform: z.string().max(40).optional(),
  country: country.optional(),
});
export type CreatorQuery = z.infer<typeof creatorQuery>;

export const createLinkSchema = z
  .strictObject({
    purpose: z.literal('creator').default('creator'),
    expiresAt: instant.nullable().default(null).meta({ description: 'Null: until it is revoked' }),
  })
  .meta({ id: 'CreateLink' });
export type CreateLink = z.infer<typeof createLinkSchema>;

export const createdLinkSchema = z
  .object({
    id: z.uuid(),
    purpose: z.enum(linkPurposes),
    token: z.string().meta({ description: 'The bearer token of /v1/creator/… Shown this once' }),
    url: z.url().meta({ description: 'The page for the creator’s browser' }),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'CreatedLink' });
