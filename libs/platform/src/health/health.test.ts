import { expect, test } from '@jest/globals';
import { pluginChecks, runChecks, sharedCheck, startHealthServer } from './index.js';

test('answers whether it lives and whether it is ready, with reasons', async () => {
  let broken = false;
  const server = await startHealthServer({
    port: 0,
    host: '127.0.0.1',
    checks: {
      database: () => (broken ? Promise.reject(new Error('refused at postgres://app:CANARY@db')) : Promise.resolve()),
      engine: () => Promise.resolve(),
    },
  });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, body: await response.json() };
  };
  try {
    expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await get('/readyz')).toEqual({ status: 200, body: { status: 'ready', checks: { database: 'ok', engine: 'ok' } } });
    broken = true;
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: { status: 'not_ready', checks: { database: 'refused at postgres://[redacted]@db', engine: 'ok' } },
    });
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/other')).status).toBe(404);
    await expect(startHealthServer({ port: server.port, host: '127.0.0.1', checks: {} })).rejects.toThrow(/EADDRINUSE/);
  } finally {
    await server.close();
  }
});

test('a check that hangs or throws at once has failed', async () => {
  const result = await runChecks({ hangs: () => new Promise(() => undefined), throws: () => { throw new Error('no'); } }, { timeoutMs: 20 });
  expect(result).toEqual({ status: 'not_ready', checks: { hangs: 'no answer within 20 ms', throws: 'no' } });
});

test('what is away makes it not ready, and only what is vital keeps traffic from it', async () => {
  const away = new Set<string>();
  const check = (name: string) => () => (away.has(name) ? Promise.reject(new Error(`${name} is away`)) : Promise.resolve());
  const server = await startHealthServer({
    port: 0, host: '127.0.0.1', vital: ['database'], checks: { database: check('database'), engine: check('engine') },
  });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return [response.status, await response.json()];
  };
  try {
    expect(await get('/readyz?for=traffic')).toEqual([200, { status: 'ready', checks: { database: 'ok' } }]);
    away.add('engine');
    expect(await get('/readyz')).toEqual([503, { status: 'degraded', checks: { database: 'ok', engine: 'engine is away' } }]);
    expect(await get('/readyz?for=traffic')).toEqual([200, { status: 'ready', checks: { database: 'ok' } }]);
    away.add('database');
    expect(await get('/readyz')).toEqual([503, { status: 'not_ready', checks: { database: 'database is away', engine: 'engine is away' } }]);
    expect(await get('/readyz?for=traffic')).toEqual([503, { status: 'not_ready', checks: { database: 'database is away' } }]);
    expect((await get('/healthz'))[0]).toBe(200);
  } finally {
    await server.close();
  }
});

test('a shared check is asked once at a time, and a good answer is good for a while, a bad one never', async () => {
  let asked = 0;
  const check = sharedCheck(async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }, 60_000);
  await Promise.all([check(), check()]);
  await check();
  expect(asked).toBe(1);
  const eager = sharedCheck(async () => {
    asked += 1;
    throw new Error('away');
  }, 60_000);
  await expect(eager()).rejects.toThrow('away');
  await expect(eager()).rejects.toThrow('away');
  expect(asked).toBe(3);
});

test('plugins are asked before anybody wants to know, and a good answer is not asked for twice in a moment', async () => {
  const asked: string[] = [];
  let well = false;
  const checks = pluginChecks({
    channels: [{ channel: 'mail', health: async () => ({ ok: asked.push('mail') > 0 }) }],
    socials: [{ platform: 'pictures', health: async () => (asked.push('pictures'), well ? { ok: true } : { ok: false, detail: 'no token' }) }],
  });
  expect(asked).toEqual(['mail', 'pictures']);
  expect((await runChecks(checks)).checks).toEqual({ 'plugin mail': 'ok', 'plugin pictures': 'no token' });
  well = true;
  expect((await runChecks(checks)).status).toBe('ready');
  expect(asked.filter((each) => each === 'mail')).toHaveLength(1);
});
