import { z } from 'zod';

const line = z.string().trim().min(1).max(200);

/** A legal name with a postal address. */
export const postalAddressSchema = z
  .strictObject({
    legalName: line,
    street: line,
    addition: line.optional(),
    postalCode: z.string().trim().min(1).max(20),
    city: line,
    region: line.optional(),
    country: z.string().regex(/^[A-Z]{2}$/, 'Use a two-letter country code such as NL'),
  })
  .meta({ id: 'PostalAddress' });
export type PostalAddress = z.infer<typeof postalAddressSchema>;

/** Where a creator's address is sealed. The same for an entry and what the start opens of it, so that opening copies bytes. */
export const addressPlace = (creatorId: string): string => `address:${creatorId}`;
