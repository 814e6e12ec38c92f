import { createEmulator } from 'emulate';
import { freePort } from '../util/index.js';
import type { AsyncResource } from '../util/async-resource.js';

/** What the emulated workspace has from the beginning; the same ids on every start. */
export const slackWorkspace = {
  teamId: 'T000000001',
  adminUserId: 'U000000001',
  /** Where the team is told things; addressed by name, as its id differs from start to start. */
  channelName: 'campaigns',
} as const;

export interface SlackEmulatorOptions {
  /** A free one unless told. */
  port?: number;
  botToken?: string;
  signingSecret?: string;
  /** Names of further channels; they are addressed by name. */
  channels?: string[];
}

export interface SlackMessage {
  ts: string;
  text: string;
  [field: string]: unknown;
}

export interface SlackEmulator extends AsyncResource {
  /** Address of the emulator; its page in a browser. */
  url: string;
  /** For `slackApiUrl` of the Web API client, with the slash it needs. */
  apiUrl: string;
  botToken: string;
  signingSecret: string;
  /** What was posted in a channel (id or name), oldest first. */
  messages(channel: string): Promise<SlackMessage[]>;
  close(): Promise<void>;
}

/** Starts a Slack workspace without Slack: Web API, and a page that shows what was posted. Forgets all on `close`. */
export async function startSlackEmulator(options: SlackEmulatorOptions = {}): Promise<SlackEmulator> {
  const {
    botToken = 'xoxb-local-sevenfold',
    signingSecret = 'local-signing-secret',
    channels = [slackWorkspace.channelName],
  } = options;
  const port = options.port ?? (await freePort());
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      slack: {
        team: { name: 'Sevenfold', domain: 'sevenfold' },
        channels: channels.map((name) => ({ name })),
        bots: [{ name: 'sevenfold' }],
        tokens: [{ token: botToken, type: 'bot', user: 'admin', team_id: slackWorkspace.teamId, scopes: botScopes }],
        signing_secret: signingSecret,
      },
    },
  });
  const apiUrl = `${emulator.url}/api/`;
  const close = () => emulator.close();
  const messages = (channel: string) => slackMessages(apiUrl, botToken, channel);
  return { url: emulator.url, apiUrl, botToken, signingSecret, messages, close, [Symbol.asyncDispose]: close };
}

/** What was posted in a channel (id or name) of an emulator, oldest first, with its metadata. */
export async function slackMessages(apiUrl: string, botToken: string, channel: string): Promise<SlackMessage[]> {
  const call = (method: string, body: object) => slackCall(`${apiUrl}${method}`, botToken, body);
  const id = await channelId(call, channel);
  const found: SlackMessage[] = [];
  for (let cursor: unknown; cursor !== ''; ) {
    const page = await call('conversations.history', { channel: id, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) });
    if (Array.isArray(page.messages)) found.push(...page.messages);
    const next = page.response_metadata;
    cursor = typeof next === 'object' && next !== null && 'next_cursor' in next ? next.next_cursor : '';
  }
  return found.reverse();
}

const botScopes = [
  ...['chat:write', 'channels:read', 'channels:history', 'channels:join', 'groups:read', 'groups:history', 'im:read', 'im:write'],
  ...['im:history', 'users:read', 'users:read.email', 'team:read', 'reactions:write', 'files:write'],
];

type Call = (method: string, body: object) => Promise<Record<string, unknown>>;

async function channelId(call: Call, nameOrId: string): Promise<string> {
  const { channels } = await call('conversations.list', { limit: 1000 });
  const known: { id: string; name: string }[] = Array.isArray(channels) ? channels : [];
  return known.find(({ id, name }) => id === nameOrId || name === nameOrId.replace(/^#/, ''))?.id ?? nameOrId;
}

async function slackCall(url: string, token: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  if (!answer.ok) throw new Error(`Slack emulator: ${String(answer.error)}`);
  return answer;
}
