import { z } from 'zod';
import { isCountry } from './normalise-number.js';

/** Where Twilio's REST API lives. */
export const TWILIO_API = 'https://api.twilio.com';

/** The variables of this plugin. One sender: a number, or a messaging service that picks one. */
export const configSchema = z
  .object({
    TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-zA-Z]{32}$/, 'expected AC and 32 characters').describe('The account (AC…).'),
    TWILIO_AUTH_TOKEN: z.string().min(1).describe('Signs webhooks, and the requests too unless an API key is given. A secret.'),
    TWILIO_AUTH_TOKEN_SECONDARY: z.string().min(1).optional()
      .describe('While a token is rotated: webhooks signed by this one are taken too. A secret.'),
    TWILIO_API_KEY: z.string().regex(/^SK/, 'expected SK…').optional().describe('An API key (SK…) to sign requests by.'),
    TWILIO_API_SECRET: z.string().min(1).optional().describe('The secret of that API key.'),
    TWILIO_FROM: z.string().regex(/^\+[1-9]\d{2,14}$/, 'expected a number like +15551234567').optional()
      .describe('The number messages come from; this or TWILIO_MESSAGING_SERVICE_SID must be set.'),
    TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG/, 'expected MG…').optional().describe('A messaging service (MG…) that picks the number.'),
    TWILIO_API_BASE: z.url({ protocol: /^https?$/ }).default(TWILIO_API).describe('Where the REST API is; another one is an emulator or a proxy.'),
    TWILIO_TIMEOUT_MS: z.coerce.number().int().min(100).default(15_000).describe('How long an answer is waited for, in milliseconds.'),
    TWILIO_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(4).describe('Messages sent at once per process.'),
    TWILIO_RATE_PER_SECOND: z.coerce.number().positive().optional()
      .describe('Messages per second the sender is allowed: 1 for a long code, 3 toll-free, 100 for a short code.'),
    TWILIO_DEFAULT_COUNTRY: z.string().toUpperCase().refine(isCountry, 'expected a country code like NL').optional()
      .describe('The country of numbers without a prefix, such as NL; without it such numbers are refused.'),
    TWILIO_HELP_TEXT: z.string().trim().max(480).optional().transform((text) => text || undefined)
      .describe('What HELP and INFO are answered, once each. Unset: Twilio answers, as it does by itself for long codes and toll-free numbers.'),
    TWILIO_ADVANCED_OPT_OUT: z.stringbool().default(false)
      .describe('The messaging service has Advanced Opt-Out: its own words for START and HELP count, and it answers HELP.'),
    TWILIO_MMS_COUNTRIES: z.string().toUpperCase().optional()
      .transform((list) => list?.split(/[\s,]+/).filter((code) => code !== ''))
      .refine((list) => list?.every(isCountry) ?? true, 'expected country codes like US,CA')
      .describe('Countries files go to as MMS, such as US,CA; elsewhere the text gets a link. Unset: everywhere.'),
  })
  .refine((env) => env.TWILIO_FROM !== undefined || env.TWILIO_MESSAGING_SERVICE_SID !== undefined, {
    path: ['TWILIO_FROM'],
    message: 'set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID',
  })
  .refine((env) => (env.TWILIO_API_KEY === undefined) === (env.TWILIO_API_SECRET === undefined), {
    path: ['TWILIO_API_SECRET'],
    message: 'TWILIO_API_KEY and TWILIO_API_SECRET belong together',
  });

/** The parsed configuration. */
export type TwilioConfig = z.output<typeof configSchema>;
