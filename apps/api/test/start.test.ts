import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { loadApiConfig, type ApiConfig } from '@sevenfold/platform/config';
import { createLogger } from '@sevenfold/platform/logging';
import { coreWorld, type CoreWorld } from '@sevenfold/testing/factories';
import { AppModule } from '../src/app.module.js';
import { assertPolicies, routesOf } from '../src/auth/assert-policies.js';
import { Public } from '../src/auth/route-policy.js';
import { startApi } from '../src/start.js';
import { apiWorld } from './api-world.js';

describe('every route', () => {
  test('declares who may call it', () => {
    expect(routesOf(AppModule).length).toBeGreaterThan(20);
    expect(() => assertPolicies(AppModule)).not.toThrow();
  });

  test('that does not keeps the API from starting, by name', () => {
    @Controller('open')
    class OpenController {
      @Get('said')
      @Public()
      said(): void {}

      @Get('silent')
      silent(): void {}
    }
    @Module({ controllers: [OpenController] })
    class Inner {}
    @Module({ imports: [Inner] })
    class Outer {}
    expect(() => assertPolicies(Outer)).toThrow(/: OpenController\.silent$/);
  });
});

describe('the process', () => {
  let world: CoreWorld;
  beforeAll(async () => {
    world = await coreWorld();
  }, 120_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const logger = createLogger({ level: 'fatal', name: 'test' });
  const env = (change: Record<string, string> = {}) => ({
    DATABASE_URL: world.database.appUrl,
    DATABASE_URL_SYSTEM: world.database.systemUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PUBLIC_URL: 'https://sevenfold.test',
    KEY_RING: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    SEVENFOLD_PLUGINS: '@sevenfold/channel-in-app',
    SEVENFOLD_BOOTSTRAP_TOKEN: 'bootstrap-token-of-tests',
    ...change,
  });
  const start = (config: ApiConfig) => startApi(config, {}, logger);

  test('names everything that is wrong with its configuration at once', () => {
    const wrong = env({ DATABASE_URL: '', PUBLIC_URL: 'nowhere', KEY_RING: 'k1:short', API_PORT: 'many' });
    expect(() => loadApiConfig(wrong)).toThrow(/DATABASE_URL is not set[\s\S]*API_PORT[\s\S]*PUBLIC_URL[\s\S]*KEY_RING/);
  });

  test('refuses a role that could look past row-level security', async () => {
    await expect(start(loadApiConfig(env({ DATABASE_URL: world.database.systemUrl })))).rejects.toThrow('BYPASSRLS');
  });

  test('refuses a plugin that is not there, by name', async () => {
    await expect(start(loadApiConfig(env({ SEVENFOLD_PLUGINS: '@sevenfold/channel-pigeon' })))).rejects.toThrow('@sevenfold/channel-pigeon: not installed');
  });

  test('comes up while the engine is away, knows the bootstrap token, and answers what it was asked before it stops', async () => {
    const api = await start(loadApiConfig(env()));
    const get = (path: string) => fetch(`http://127.0.0.1:${api.port}${path}`, { headers: { authorization: 'Bearer bootstrap-token-of-tests' } });
    expect((await get('/v1/workspace')).status).toBe(200);
    const slow = get('/readyz');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [answer] = await Promise.all([slow, api.stop()]);
    expect(((await answer.json()) as object)).toMatchObject({ status: 'degraded', checks: { database: 'ok', engine: 'the engine does not answer' } });
    await expect(get('/healthz')).rejects.toThrow();
  });
});

test('a caller beyond its budget is told when to come back', async () => {
  await using api = await apiWorld({ config: { requestsPerMinute: 3 } });
  const answers = [];
  for (let i = 0; i < 5; i += 1) answers.push(await api.call('GET', '/v1/workspace'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers[4]).toMatchObject({ body: { code: 'too_many_requests' } });
  expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answers[4]?.headers.get('ratelimit-remaining')).toBe('0');
});
