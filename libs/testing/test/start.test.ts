import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, isPortFree, startChild, until, type Child } from '@sevenfold/testing/util';
import { portDefinitions } from '../src/launcher/ports.js';

/** The program behind `npm start`, as it was built: this is the one test that runs our processes from their builds. */
const launcher = resolve(import.meta.dirname, '..', 'dist', 'launcher', 'main.js');

describe('npm start', () => {
  const token = 'a-first-admin-token';
  let home: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sevenfold-start-'));
    const ports = await Promise.all(
      Object.values(portDefinitions).map(async ({ variable }) => [variable, String(await freePort())]),
    );
    env = { SEVENFOLD_HOME: home, SEVENFOLD_BOOTSTRAP_TOKEN: token, ...Object.fromEntries(ports) };
  });
  const products: Child[] = [];
  afterEach(async () => {
    await Promise.all(products.splice(0).map((product) => product.stop(30_000)));
  });
  afterAll(() => rm(home, { recursive: true }));

  const output = () => readFile(join(home, 'output.log'), 'utf8');
  const start = async (...args: string[]): Promise<Child> => {
    await rm(join(home, 'output.log'), { force: true });
    const product = await startChild({
      command: process.execPath,
      args: [launcher, ...args],
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      logFile: join(home, 'output.log'),
    });
    products.push(product);
    return product;
  };
  const up = async (product: Child) => {
    let ended = false;
    void product.exited.then(() => (ended = true));
    await until(async () => ended || (await output()).includes('Sevenfold is running'), { timeoutMs: 150_000, what: 'the product' });
    if (ended) throw new Error(`the product did not start:\n${await output()}`);
  };
  const workspace = async () => {
    const answer = await fetch(`http://127.0.0.1:${env.API_PORT}/v1/workspace`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const everythingIsOver = async () => {
    const free = await Promise.all(Object.values(portDefinitions).map(({ variable }) => isPortFree(Number(env[variable]))));
    expect(free).not.toContain(false);
  };

  test('runs the whole product, ends every child however it is ended, and keeps the data', async () => {
    const product = await start();
    await up(product);
    for (const port of ['API_PORT', 'WORKER_HEALTH_PORT', 'SLACKBOT_HEALTH_PORT']) {
      expect((await fetch(`http://127.0.0.1:${env[port]}/readyz`)).status).toBe(200);
    }
    expect(await output()).toContain(token);
    const before = await workspace();

    const second = await startChild({ command: process.execPath, args: [launcher], env: { ...process.env, NODE_OPTIONS: '', ...env } });
    expect(await second.exited).toMatchObject({ code: 78 });

    product.signal('SIGINT');
    expect(await product.exited).toMatchObject({ code: 0 });
    await everythingIsOver();

    const again = await start();
    await up(again);
    expect(await workspace()).toBe(before);
    // The hard way: nobody was asked, and still nothing stays behind.
    again.signal('SIGKILL');
    await again.exited;
    await until(async () => everythingIsOver().then(() => true), { timeoutMs: 20_000, what: 'every child to have ended' });

    const afresh = await start('--reset');
    await up(afresh);
    expect(await workspace()).not.toBe(before);
    await afresh.stop(30_000);
    await everythingIsOver();
  }, 400_000);

  test('Ctrl-C in the middle of starting leaves nothing behind', async () => {
    const product = await start();
    await until(async () => (await output()).includes('✓ PostgreSQL'), { timeoutMs: 60_000, what: 'the first parts' });
    product.signal('SIGINT');
    expect(await product.exited).toMatchObject({ code: 0 });
    await everythingIsOver();
  }, 120_000);
});
