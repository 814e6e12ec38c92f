import { z } from 'zod';
import { isCountry } from './normalise-number.js';

/** Where Twilio's REST API lives. */
export const TWILIO_API = 'https://api.twilio.com';

/** The variables of this plugin. One sender: a number, or a messaging service that picks one. */
export const configSchema = z
  .object({
    TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-zA-Z]{32}$/, 'expected AC and 32 characters'),
    /** Signs webhooks, and the requests too unless an API key is given. */
    TWILIO_AUTH_TOKEN: z.string().min(1),
    TWILIO_API_KEY: z.string().regex(/^SK/, 'expected SK…').optional(),
    TWILIO_API_SECRET: z.string().min(1).optional(),
    TWILIO_FROM: z.string().regex(/^\+[1-9]\d{2,14}$/, 'expected a number like +15551234567').optional(),
    TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG/, 'expected MG…').optional(),
    /** An emulator or proxy to talk to instead. */
    TWILIO_API_BASE: z.url({ protocol: /^https?$/ }).default(TWILIO_API),
    TWILIO_TIMEOUT_MS: z.coerce.number().int().min(100).default(15_000),
    /** Sends at once per process. */
    TWILIO_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(4),
    /** What the sender is allowed per second: 1 for a long code, 3 toll-free, 100 for a short code. */
    TWILIO_RATE_PER_SECOND: z.coerce.number().positive().optional(),
    /** The country numbers without a prefix belong to, e.g. NL; without it they are refused. */
    TWILIO_DEFAULT_COUNTRY: z.string().toUpperCase().refine(isCountry, 'expected a country code like NL').optional(),
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
