import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ChannelPlugin, InboundRequest, OutboundMessage, SendContext } from '@sevenfold/plugin-sdk';
import plugin from '../src/index.js';

export const NOW = new Date('2026-11-21T10:00:00Z');
export const SID = 'AC00000000000000000000000000000000';
export const TOKEN = 'twilio_test_auth_token';
export const NUMBER = '+15551234567';

export const logged: string[] = [];
const log = (message: string, fields?: Record<string, unknown>): void => void logged.push(JSON.stringify([message, fields]));

/** The plugin as the loader would make it. */
export async function smsOn(base: string, publicUrl = 'https://sevenfold.example', env: Record<string, string> = {}): Promise<ChannelPlugin> {
  const config = plugin.config.parse({
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_FROM: NUMBER,
    TWILIO_API_BASE: base,
    TWILIO_TIMEOUT_MS: '20000',
    ...env,
  });
  const logger = { debug: log, info: log, warn: log, error: log };
  return plugin.create(config, { logger, clock: { now: async () => NOW }, publicUrl });
}

export const context = (): SendContext => ({ signal: new AbortController().signal, deadline: new Date(NOW.getTime() + 60_000) });

export const message = (over: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: '0190b3f0-0000-7000-8000-000000000001',
  workspaceId: '0190b3f0-0000-7000-8000-0000000000aa',
  to: '+31612345678',
  text: 'Reply YES to take part.',
  ...over,
});

/** An HTTP server on a free port. */
export async function startHttp(handle: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void) {
  const requests: { path: string; headers: IncomingMessage['headers']; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      handle(request, body, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the API hands to `receive`. */
export const inbound = (path: string, form: Record<string, string>, signature: string | undefined): InboundRequest => ({
  method: 'POST',
  path,
  headers: { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' },
  rawBody: Buffer.from(new URLSearchParams(form).toString()),
});
