import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aClient, aCreator, aLink, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { apiWorld, slackCredential, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const nowhere = '00000000-0000-4000-8000-000000000000';

describe('who asks', () => {
  test('nobody, a wrong token and a revoked one get the same 401', async () => {
    const none = await api.call('GET', '/v1/workspace', { token: '' });
    const wrong = await api.call('GET', '/v1/workspace', { token: `${api.workspace.token.slice(0, -1)}x` });
    const made = await api.call('POST', '/v1/tokens', { body: { name: 't', scopes: ['read'] } });
    await api.call('DELETE', `/v1/tokens/${made.body.id}`);
    const revoked = await api.call('GET', '/v1/workspace', { token: made.body.token });
    for (const answer of [none, wrong, revoked]) expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('a token narrowed to reading reads, and cannot give more than it has', async () => {
    const { body } = await api.call('POST', '/v1/tokens', { body: { name: 't', scopes: ['read'] } });
    const token: string = body.token;
    expect((await api.call('GET', '/v1/clients', { token })).status).toBe(200);
    expect(await api.call('POST', '/v1/clients', { token, body: { name: 'x' } })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const writer = await aMember(api, 'manager');
    const more = await api.call('POST', '/v1/tokens', { token: writer.token, body: { name: 't', scopes: ['write', 'operator'] } });
    expect(more).toMatchObject({ status: 403, body: { scopes: ['operator'] } });
    const above = await api.call('POST', '/v1/tokens', { token: writer.token, body: { name: 't', scopes: ['read'], memberId: api.workspace.ownerId } });
    expect(above.status).toBe(403);
  });

  test('a role may do what it may, at once also after it changed', async () => {
    const member = await aMember(api, 'manager');
    expect((await api.call('POST', '/v1/clients', { token: member.token, body: { name: 'Before' } })).status).toBe(201);
    await api.call('PATCH', `/v1/members/${member.memberId}`, { body: { role: 'member' } });
    expect(await api.call('POST', '/v1/clients', { token: member.token, body: { name: 'After' } })).toMatchObject({
      status: 403, body: { code: 'forbidden', action: 'client.manage', role: 'member' },
    });
  });

  test('a creator link opens no door of the team, a token none of creators', async () => {
    const creator = await aCreator(api);
    const link = await aLink(api, creator.id);
    expect(await api.call('GET', '/v1/creators', { token: link })).toMatchObject({ status: 403 });
    expect(await api.call('POST', '/v1/creator/files', { body: new Uint8Array([1]) })).toMatchObject({ status: 403 });
    expect(await api.call('POST', '/v1/creator/files', { token: link, body: new Uint8Array([1]) })).toMatchObject({ status: 201 });
    const narrow = await aLink(api, creator.id, 'agreement', nowhere);
    expect(await api.call('POST', '/v1/creator/files', { token: narrow, body: new Uint8Array([1]) })).toMatchObject({ status: 403 });
  });

  test('the Slack bot acts for the linked member alone, and only in its workspaces', async () => {
    const member = await aMember(api, 'member');
    await api.call('PATCH', `/v1/members/${member.memberId}`, { body: { slack: { teamId: 'T01', userId: 'U01' } } });
    const as = (headers: Record<string, string>, method = 'GET', path = '/v1/clients', body?: unknown) =>
      api.call(method, path, { token: slackCredential, headers, body });
    expect((await as({ 'X-Acting-As': 'slack:T01:U01' })).status).toBe(200);
    expect((await as({ 'X-Acting-As': 'slack:T01:U02' })).status).toBe(403);
    expect((await as({})).status).toBe(403);
    expect((await as({ 'X-Acting-As': 'slack:T01:U01', 'X-Workspace': nowhere })).status).toBe(403);
    expect((await as({ 'X-Acting-As': 'slack:T01:U01' }, 'POST', '/v1/clients', { name: 'x' })).status).toBe(403);
    const made = await as({ 'X-Acting-As': 'slack:T01:U01' }, 'POST', '/v1/creators', { name: 'By Slack' });
    const { body } = await api.call('GET', `/v1/audit?entityId=${made.body.id}`);
    expect(body.data[0].actor).toMatchObject({ kind: 'member', memberId: member.memberId, via: 'slack' });
  });

  test('every answer tells the budget', async () => {
    const { headers } = await api.call('GET', '/v1/workspace');
    expect(Number(headers.get('ratelimit-remaining'))).toBeLessThan(Number(headers.get('ratelimit-limit')));
    expect(headers.get('x-request-id')).toBeTruthy();
  });
});

describe('refusals', () => {
  test('are problem+json with a stable code', async () => {
    const answer = await api.call('GET', `/v1/clients/${nowhere}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:sevenfold:problem:not_found', status: 404, code: 'not_found', instance: `/v1/clients/${nowhere}`,
      title: expect.any(String), detail: expect.any(String), requestId: answer.headers.get('x-request-id'),
    });
  });

  test('a character no text can hold is left out of bodies, and refused by name in queries', async () => {
    expect(await api.call('POST', '/v1/clients', { body: { name: 'Nul\0 and half \ud83d' } })).toMatchObject({ status: 201, body: { name: 'Nul and half \ufffd' } });
    const profiles = [{ platform: '\0', profile: '@someone' }];
    const answer = await api.call('POST', '/v1/creators', { body: { name: 'Nul', profiles } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: 'profiles.0.platform' }] } });
    for (const [path, field] of [['creators?q=%00', 'q'], ['threads?q=a%00b', 'q'], ['threads?channel=%00', 'channel'], ['creators?q=fine&language=%00', 'language']]) {
      expect(await api.call('GET', `/v1/${path}`)).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: field, message: expect.stringContaining('NUL') }] } });
    }
    expect((await api.call('GET', '/v1/clients')).status).toBe(200);
  });

  test('name every wrong field, unknown ones too', async () => {
    const body = { timeZone: 'Mars/Base', subscription: 'gold', colour: 'red', 'nested.x': 1 };
    const { status, body: problem } = await api.call('PATCH', '/v1/workspace', { body });
    expect(status).toBe(422);
    expect(problem.code).toBe('invalid_fields');
    expect(problem.fields.map((field: { path: string }) => field.path).sort()).toEqual(['colour', 'nested.x', 'subscription', 'timeZone']);
    const missing = await api.call('POST', '/v1/members', {});
    expect(missing.body.fields.map((field: { path: string }) => field.path).sort()).toEqual(['email', 'name', 'role']);
  });

  test.each([
    ['bad JSON', 'POST', '/v1/clients', '{"name": ', 400, 'malformed_request'],
    ['no JSON', 'POST', '/v1/clients', 'name=x', 400, 'malformed_request'],
    ['too large', 'POST', '/v1/clients', JSON.stringify({ name: 'x'.repeat(200_000) }), 413, 'payload_too_large'],
    ['an address that is none', 'GET', '/v1/nonsense', undefined, 404, 'not_found'],
    ['an id that is none', 'GET', '/v1/clients/42', undefined, 404, 'not_found'],
    ['an id that cannot be read', 'GET', '/v1/clients/%ff', undefined, 404, 'not_found'],
    ['a cursor of somebody else', 'GET', '/v1/clients?cursor=abc', undefined, 422, 'invalid_fields'],
    ['a limit without measure', 'GET', '/v1/clients?limit=5000', undefined, 422, 'invalid_fields'],
    ['an unknown filter', 'GET', '/v1/clients?colour=red', undefined, 422, 'invalid_fields'],
  ])('%s', async (_what, method, path, body, status, code) => {
    const headers = { 'content-type': body === 'name=x' ? 'application/x-www-form-urlencoded' : 'application/json' };
    expect(await api.call(method, path, { body, headers })).toMatchObject({ status, body: { code, status } });
  });

  test('of another workspace look like those of nowhere', async () => {
    const other = await aWorkspace(api, { owner: { name: 'B', email: 'b@b.test' } });
    const { clientId } = await aClient({ db: api.db, scope: other.scope });
    const foreign = await api.call('GET', `/v1/clients/${clientId}`);
    const unknown = await api.call('GET', `/v1/clients/${nowhere}`);
    const strip = ({ instance: _i, requestId: _r, ...rest }: Record<string, unknown>) => rest;
    expect(foreign.status).toBe(404);
    expect(strip(foreign.body)).toEqual(strip(unknown.body));
    expect((await api.call('PATCH', `/v1/clients/${clientId}`, { body: { name: 'stolen' } })).status).toBe(404);
  });
});

interface Operation {
  'x-policy'?: string;
  summary?: string;
  responses: Record<string, { content?: object }>;
}

describe('the description of the API', () => {
  test('is served, and says of every route who may call it and what it answers', async () => {
    const { status, body } = await api.call('GET', '/openapi.json', { token: '' });
    expect(status).toBe(200);
    for (const [path, item] of Object.entries<Record<string, Operation>>(body.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const where = `${method} ${path}`;
        expect([where, typeof operation['x-policy']]).toEqual([where, 'string']);
        const good = Object.keys(operation.responses).filter((code) => /^[23]/.test(code));
        expect([where, good.length]).toEqual([where, 1]);
        expect([where, good[0] === '204' || operation.responses[good[0] ?? '']?.content !== undefined]).toEqual([where, true]);
        expect([where, typeof operation.summary]).toEqual([where, 'string']);
      }
    }
    expect((await api.call('GET', '/docs', { token: '' })).status).toBe(200);
  });
});

describe('health', () => {
  test('lives, and names what is away', async () => {
    expect(await api.call('GET', '/healthz', { token: '' })).toMatchObject({ status: 200, body: { status: 'ok' } });
    const ready = await api.call('GET', '/readyz', { token: '' });
    expect(ready).toMatchObject({ status: 503, body: { status: 'degraded', checks: { database: 'ok', engine: 'the engine does not answer', 'plugin email': 'ok' } } });
    // Requests are served all the same: who routes them asks only for that.
    expect(await api.call('GET', '/readyz?for=traffic', { token: '' })).toMatchObject({ status: 200, body: { status: 'ready', checks: { database: 'ok' } } });
    expect(await api.call('GET', '/readyz?for=fun', { token: '' })).toMatchObject({ status: 422, body: { code: 'invalid_fields' } });
  });
});
