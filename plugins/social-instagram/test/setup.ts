import type { SocialPlugin } from '@sevenfold/plugin-sdk';
import plugin from '../src/index.js';

export const NOW = new Date('2026-11-21T10:00:00Z');
export const TOKEN = 'EAAB-secret-token';

/** The plugin as the loader would make it, against a stand-in for the Graph API. */
export async function instagramOn(url: string, env: Record<string, string> = {}): Promise<SocialPlugin> {
  const config = plugin.config.parse({
    INSTAGRAM_GRAPH_URL: url,
    INSTAGRAM_ACCESS_TOKEN: TOKEN,
    INSTAGRAM_TIMEOUT_MS: '2000',
    INSTAGRAM_POLL_MS: '5',
    INSTAGRAM_SETTLE_MS: '0',
    ...env,
  });
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return plugin.create(config, { logger: quiet, clock: { now: async () => NOW }, publicUrl: 'https://sevenfold.example' });
}

export const signal = (): AbortSignal => new AbortController().signal;
export const story = { accountId: '17841400000000001', imageUrl: 'https://cdn.example/story.png', idempotencyKey: 'campaign-1' };
