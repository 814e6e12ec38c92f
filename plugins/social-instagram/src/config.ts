import { z } from 'zod';

/** The variables of this plugin. Workspaces bring accounts and tokens of their own; these are the fallback. */
export const configSchema = z.object({
  INSTAGRAM_GRAPH_URL: z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com/v23.0')
    .describe('The Graph API with its version, or a stand-in for it.'),
  INSTAGRAM_ACCESS_TOKEN: z.string().min(1).optional().describe('The token of the account below: workspaces with that very account and no token of their own publish by it. A secret.'),
  INSTAGRAM_ACCOUNT_ID: z.string().regex(/^[A-Za-z0-9_-]+$/).optional().describe('The professional account the token is for. It also looks up public figures for workspaces without a token of their own.'),
  INSTAGRAM_TIMEOUT_MS: z.coerce.number().int().min(100).default(20_000).describe('How long an answer is waited for, in milliseconds.'),
  INSTAGRAM_POLL_MS: z.coerce.number().int().min(1).default(1_000)
    .describe('How often an uploaded image is looked at until it is ready, in milliseconds.'),
  INSTAGRAM_SETTLE_MS: z.coerce.number().int().min(0).default(10_000)
    .describe('How long a publication whose answer was lost may still be under way, in milliseconds.'),
});

/** The parsed configuration. */
export type InstagramConfig = z.output<typeof configSchema>;
