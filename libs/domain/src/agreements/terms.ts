import { z } from 'zod';

/** What an agreement promises. The fee is in minor units of its currency. */
export const termsSchema = z
  .strictObject({
    feeMinor: z.int().min(0),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Use an ISO 4217 code such as EUR'),
    payDate: z.iso.date(),
    deliverables: z.array(z.string().trim().min(1).max(500)).min(1).max(50),
    usageRights: z.string().trim().min(1).max(5_000),
  })
  .meta({ id: 'AgreementTerms' });
export type AgreementTerms = z.infer<typeof termsSchema>;
