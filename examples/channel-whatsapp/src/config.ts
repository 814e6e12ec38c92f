import { z } from 'zod';

/** The variables of this plugin. Each has a description: it is what an operator reads when one is missing. */
export const configSchema = z.object({
  WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d{5,20}$/, 'expected the digits Meta shows as "Phone number ID"').describe('Which of your numbers sends, by its id at Meta.'),
  WHATSAPP_NUMBER: z.string().regex(/^\+[1-9]\d{6,14}$/, 'expected a number like +15551234567').describe('That number as people see it.'),
  WHATSAPP_ACCESS_TOKEN: z.string().min(20, 'expected the token of a system user').describe('A system user’s token with whatsapp_business_messaging. A secret.'),
  WHATSAPP_APP_SECRET: z.string().min(16, 'expected the app secret').describe('Signs the webhooks; in the app’s basic settings. A secret.'),
  WHATSAPP_VERIFY_TOKEN: z.string().min(8, 'expected at least 8 characters').describe('A word you make up and type at Meta when you set the webhook. A secret.'),
  WHATSAPP_API_BASE: z.url({ protocol: /^https?$/, message: 'expected an address such as https://graph.facebook.com' }).default('https://graph.facebook.com')
    .transform((url) => url.replace(/\/+$/, '')).describe('Where the Graph API is; another one is a proxy or a test.'),
  WHATSAPP_API_VERSION: z.string().regex(/^v\d+\.\d+$/, 'expected a version like v23.0').default('v23.0').describe('The version of the Graph API.'),
  WHATSAPP_TIMEOUT_MS: z.coerce.number().int().min(100).default(15_000).describe('How long an answer is waited for, in milliseconds.'),
  WHATSAPP_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(8).describe('Messages sent at once per process.'),
});

/** The parsed configuration. */
export type WhatsAppConfig = z.output<typeof configSchema>;
