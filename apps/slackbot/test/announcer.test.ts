import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import { createLogger } from '@sevenfold/platform/logging';
import { startSlackEmulator, type SlackEmulator } from '@sevenfold/testing/emulators';
import { startFaultProxy, type FaultProxy } from '@sevenfold/testing/proxy';
import { Announcer } from '../src/announce/announcer.js';
import { BotApi } from '../src/api/bot-api.js';

let slack: SlackEmulator;
let proxy: FaultProxy;
beforeAll(async () => {
  slack = await startSlackEmulator({ channels: ['campaigns'] });
  proxy = await startFaultProxy(slack.url);
}, 60_000);
afterAll(async () => {
  await proxy.close();
  await slack.close();
});

/** The API with one notice, as long as nobody has recorded its post. */
class OneNotice extends BotApi {
  where: { channel: string; ts: string } | null = null;
  /** It is away for so many recordings. */
  away = 0;

  constructor(readonly id: string) {
    super({ apiUrl: 'http://127.0.0.1:1', credential: 'none' });
  }

  override notice() {
    return Promise.resolve({ id: this.id, kind: 'summary', channelId: null, text: `About ${this.id}`, link: null, posted: this.where });
  }

  override posted(_workspace: string, _id: string, where: { channel: string; ts: string }) {
    if (this.away-- > 0) return Promise.reject(new Error('the API is away'));
    this.where = where;
    return Promise.resolve();
  }
}

function announcer(api: BotApi, channel = 'campaigns'): Announcer {
  const { client } = new App({
    token: slack.botToken, signingSecret: slack.signingSecret, tokenVerificationEnabled: false, logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: `${proxy.url}/api/`, retryConfig: { retries: 0 } },
  });
  return new Announcer({ slack: client, api, defaultChannel: channel, logger: createLogger({ level: 'fatal', name: 'test' }) });
}

/** Attempts as the engine makes them, until one succeeds. @returns how many it took */
async function announce(api: OneNotice, channel?: string, first = 1): Promise<number> {
  const bot = announcer(api, channel);
  for (let attempt = first; attempt < first + 3; attempt++) {
    const done = await bot.announce({ workspaceId: randomUUID(), noticeId: api.id }, { attempt, since: 0 }).then(() => true, () => false);
    if (done) return attempt;
  }
  throw new Error('Three attempts were not enough');
}

const postsOf = async (id: string) => (await slack.messages('campaigns')).filter(({ text }) => text.includes(id)).length;
const isPost = ({ path }: { path: string }) => path.includes('chat.postMessage');

test('a post nobody recorded is found again in a channel known by its name, and not posted twice', async () => {
  const api = new OneNotice(randomUUID());
  api.away = 1;
  expect(await announce(api)).toBe(2);
  expect(await postsOf(api.id)).toBe(1);
  expect(api.where?.ts).toBeTruthy();
});

test.each(['cut-after', 'cut-before'] as const)('a line that broke (%s) leaves one post', async (kind) => {
  const api = new OneNotice(randomUUID());
  proxy.rules.add({ when: isPost, fault: { kind }, times: 1 });
  expect(await announce(api)).toBe(2);
  expect(await postsOf(api.id)).toBe(1);
});

test('a post is found behind hundreds of later ones', async () => {
  const api = new OneNotice(randomUUID());
  api.away = 3;
  await expect(announce(api)).rejects.toThrow();
  for (let i = 0; i < 230; i++) await announce(new OneNotice(randomUUID()));
  api.away = 0;
  expect(await announce(api, '#campaigns', 2)).toBe(2);
  expect(await postsOf(api.id)).toBe(1);
}, 60_000);

test('a channel Slack does not show is an error, and nothing is posted', async () => {
  const api = new OneNotice(randomUUID());
  await expect(announce(api, 'elsewhere')).rejects.toThrow();
});
