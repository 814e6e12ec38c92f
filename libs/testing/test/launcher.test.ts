import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort, until } from '@sevenfold/testing/util';
import { portDefinitions } from '../src/launcher/ports.js';
import { prepare, WrongConfiguration } from '../src/launcher/prepare.js';
import { keepSecrets } from '../src/launcher/secrets.js';
import { supervise } from '../src/launcher/supervise.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sevenfold-launcher-'));
});
afterEach(() => rm(home, { recursive: true }));

/** An environment in which nothing is wrong, whatever else runs on this machine. */
const environment = async (): Promise<NodeJS.ProcessEnv> => {
  const ports = await Promise.all(
    Object.values(portDefinitions).map(async ({ variable }) => [variable, String(await freePort())]),
  );
  return { SEVENFOLD_HOME: home, ...Object.fromEntries(ports) };
};

const problemsOf = (env: NodeJS.ProcessEnv, reset = false) =>
  prepare(env, { reset }).then(
    () => [],
    (error: unknown) => {
      if (error instanceof WrongConfiguration) return error.problems;
      throw error;
    },
  );

test('with nothing set, everything is embedded, and the secrets stay the same from start to start', async () => {
  const env = await environment();
  const first = await prepare(env, { reset: false });
  await keepSecrets(first.places, first.secrets);
  expect(first.shared).toMatchObject({ API_PORT: env.API_PORT, SMTP_URL: `smtp://127.0.0.1:${env.MAIL_SMTP_PORT}` });
  expect((await prepare(env, { reset: false })).secrets).toEqual(first.secrets);
  const own = await prepare({ ...env, SEVENFOLD_BOOTSTRAP_TOKEN: 'a-token-of-my-own' }, { reset: false });
  expect(own.shared.SEVENFOLD_BOOTSTRAP_TOKEN).toBe('a-token-of-my-own');
});

test('says everything that is wrong at once', async () => {
  const env = await environment();
  const problems = await problemsOf(
    {
      ...env,
      API_PORT: 'many',
      MAIL_WEB_PORT: env.MAIL_SMTP_PORT,
      DATABASE_URL: 'nowhere',
      TWILIO_ACCOUNT_SID: 'AC1',
      SLACK_BOT_TOKEN: 'xoxb-mine',
      LOG_LEVEL: 'loud',
      SEVENFOLD_PLUGINS: '@sevenfold/channel-sms-twilio,@nobody/nothing',
    },
    true,
  );
  for (const part of [
    'API_PORT is not a port',
    'MAIL_WEB_PORT and MAIL_SMTP_PORT are both',
    '--reset would not touch the database',
    'DATABASE_URL is not',
    'DATABASE_URL_OWNER is not set',
    'DATABASE_URL_SYSTEM is not set',
    'SLACK_SIGNING_SECRET is not set',
    'LOG_LEVEL',
    'Plugin @nobody/nothing: not installed',
    'TWILIO_AUTH_TOKEN',
  ]) {
    expect(problems).toContainEqual(expect.stringContaining(part));
  }
});

test('a taken port is named, with what changes it', async () => {
  const env = await environment();
  const server = createServer().listen(Number(env.TEMPORAL_PORT), '127.0.0.1');
  await once(server, 'listening');
  expect(await problemsOf(env)).toEqual([
    `Port ${env.TEMPORAL_PORT} (Temporal) is taken by another program. End that one, or set TEMPORAL_PORT to another port.`,
  ]);
  // With a Temporal of one's own the port is nobody's business.
  expect(await problemsOf({ ...env, TEMPORAL_ADDRESS: `127.0.0.1:${env.TEMPORAL_PORT}` })).toEqual([]);
  server.close();
});

test('what ends is started again, with growing pauses, until it is stopped', async () => {
  const lines: string[] = [];
  const ends: (() => void)[] = [];
  let stops = 0;
  const part = await supervise({
    name: 'part',
    pauseMs: 1,
    say: (line) => lines.push(line),
    launch: async () => ({ exited: new Promise<void>((resolve) => ends.push(resolve)), stop: async () => void (stops += 1) }),
  });
  ends[0]?.();
  await until(() => ends.length === 2, { what: 'the second launch' });
  ends[1]?.();
  await until(() => ends.length === 3, { what: 'the third launch' });
  expect(lines.filter((line) => line.includes('has ended'))).toEqual([
    'part has ended; it is started again in 0.001 s',
    'part has ended; it is started again in 0.002 s',
  ]);
  await part.stop();
  expect(stops).toBeGreaterThan(0);
  expect(ends).toHaveLength(3);
});
