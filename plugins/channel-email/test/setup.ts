import type { ChannelPlugin, OutboundMessage, SendContext } from '@sevenfold/plugin-sdk';
import plugin from '../src/index.js';

export const NOW = new Date('2026-11-21T10:00:00Z');

/** What the plugin logged, to be searched for what must not be there. */
export const logged: string[] = [];
const log = (message: string, fields?: Record<string, unknown>): void => void logged.push(JSON.stringify([message, fields]));
const host = {
  logger: { debug: log, info: log, warn: log, error: log },
  clock: { now: async () => NOW },
  publicUrl: 'https://sevenfold.example',
};

/** The plugin as the loader would make it, against a server on a local port. */
export async function emailOn(port: number, env: Record<string, string> = {}): Promise<ChannelPlugin> {
  const config = plugin.config.parse({
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'Sevenfold <hello@Sevenfold.Example>',
    SMTP_TIMEOUT_MS: '1000',
    ...env,
  });
  return plugin.create(config, host);
}

export const context = (): SendContext => ({ signal: new AbortController().signal, deadline: new Date(NOW.getTime() + 60_000) });

export const message = (over: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: '0190b3f0-0000-7000-8000-000000000001',
  workspaceId: '0190b3f0-0000-7000-8000-0000000000aa',
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'Plain hello',
  html: '<p>Rich hello</p>',
  ...over,
});
