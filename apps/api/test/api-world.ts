import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@sevenfold/platform/logging';
import { coreWorld, type CoreWorld, type CoreWorldOptions } from '@sevenfold/testing/factories';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import { createApi, type ApiDeps, type HttpConfig } from '../src/index.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, else text. */
  body: ReturnType<typeof JSON.parse>;
}

export interface CallOptions {
  token?: string;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

/** The API over HTTP on a world of its own. */
export interface ApiWorld extends CoreWorld {
  url: string;
  /** As the owner of the first workspace, unless a token is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}
export const slackCredential = 'slack-service-credential-of-tests';

/** @param change what of the dependencies is to be other */
export async function apiWorld(
  options: CoreWorldOptions & { config?: Partial<HttpConfig>; change?: Partial<ApiDeps> } = {},
): Promise<ApiWorld> {
  const world = await coreWorld(options);
  const { db, system, clock, services } = world;
  const { keyRing, plugins, publicUrl } = services;
  // An engine that is away: nothing listens there.
  const engine = new EngineClient(lazyEngine({ address: '127.0.0.1:1', namespace: 'none' }), 500);
  const app = await createApi({
    config: { publicUrl, maxBodyBytes: 100_000, maxFileBytes: 3_000_000, requestsPerMinute: 100_000, slackServiceCredential: slackCredential, trustedProxies: undefined, ...options.config },
    db, system, clock, keyRing, plugins,
    engine,
    logger: createLogger({ level: 'fatal', name: 'test' }),
    listenUrl: world.database.systemUrl,
    ...options.change,
  });
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...world,
    url,
    call: (method, path, { token = world.workspace.token, ...rest } = {}) => call(`${url}${path}`, method, { token, ...rest }),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await engine.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

async function call(url: string, method: string, { token, body, key, headers = {} }: CallOptions): Promise<Answer> {
  const raw = body instanceof Uint8Array || body instanceof FormData || typeof body === 'string';
  const response = await fetch(url, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
