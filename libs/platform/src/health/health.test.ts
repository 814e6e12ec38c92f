import { expect, test } from '@jest/globals';
import { runChecks, startHealthServer } from './index.js';

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
  const result = await runChecks({ hangs: () => new Promise(() => undefined), throws: () => { throw new Error('no'); } }, 20);
  expect(result).toEqual({ status: 'not_ready', checks: { hangs: 'no answer within 20 ms', throws: 'no' } });
});
