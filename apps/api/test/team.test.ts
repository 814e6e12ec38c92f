import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aClient, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { apiWorld, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const fields = (body: { fields: { path: string }[] }) => body.fields.map(({ path }) => path);

describe('the workspace', () => {
  test('changes what is named and leaves the rest', async () => {
    const before = (await api.call('GET', '/v1/workspace')).body;
    const changed = await api.call('PATCH', '/v1/workspace', { body: { timeZone: 'America/New_York', slackChannelId: 'C0123', instagramAccountId: '17841' } });
    expect(changed.body).toEqual({ ...before, timeZone: 'America/New_York', slackChannelId: 'C0123', instagramAccountId: '17841', hasInstagramToken: false });
    expect((await api.call('PATCH', '/v1/workspace', { body: { slackChannelId: null } })).body).toMatchObject({
      slackChannelId: null, instagramAccountId: '17841', name: before.name,
    });
  });

  test('keeps the token of its Instagram account, and never shows it again', async () => {
    const put = (body: object) => api.call('PATCH', '/v1/workspace', { body });
    const secret = 'EAAB-very-secret';
    await put({ instagramAccountId: null });
    expect(fields((await put({ instagramAccessToken: secret })).body)).toEqual(['instagramAccountId']);
    const kept = await put({ instagramAccountId: '17841', instagramAccessToken: secret });
    expect(kept.body).toMatchObject({ instagramAccountId: '17841', hasInstagramToken: true });
    const refused = await put({ instagramAccessToken: `${secret} with spaces` });
    const audited = await api.call('GET', '/v1/audit');
    expect([refused.status, audited.status]).toEqual([422, 200]);
    const [rows] = await api.rows<{ text: string }>(`select string_agg(w::text, '') || encode(string_agg(w.sealed_instagram_token, ''), 'escape') as text from workspace w`);
    for (const place of [kept, refused, audited, await api.call('GET', '/v1/workspace'), rows]) expect(JSON.stringify(place)).not.toContain(secret);
    expect((await put({ name: 'Agency' })).body).toMatchObject({ hasInstagramToken: true });
    expect((await put({ instagramAccountId: '17842' })).body).toMatchObject({ hasInstagramToken: false });
  });

  test('further ones are opened by the operator alone, with an owner who can work at once', async () => {
    const body = { name: 'Second', timeZone: 'Europe/Berlin', owner: { name: 'Bo', email: 'Bo@Second.test' }, brandTeam: true };
    expect(await api.call('POST', '/v1/workspaces', { body })).toMatchObject({ status: 403, body: { scope: 'operator' } });
    const operator = await aWorkspace(api, { owner: { name: 'Op', email: 'op@op.test' } }, ['read', 'write', 'operator']);
    const made = await api.call('POST', '/v1/workspaces', { token: operator.token, body });
    expect(made).toMatchObject({ status: 201, body: { workspace: { name: 'Second', subscription: 'basic', timeZone: 'Europe/Berlin' } } });
    const token: string = made.body.token;
    expect((await api.call('GET', '/v1/members', { token })).body.data).toMatchObject([{ id: made.body.ownerId, email: 'bo@second.test', role: 'owner' }]);
    expect((await api.call('GET', '/v1/clients', { token })).body.data).toMatchObject([{ id: made.body.clientId, name: 'Second' }]);
    expect((await api.call('POST', '/v1/workspaces', { token, body })).status).toBe(403);
  });
});

describe('members', () => {
  test('are one per address, whatever its case, and come back as the same one', async () => {
    const invite = (email: string) => api.call('POST', '/v1/members', { body: { name: 'Kim', email, role: 'member' } });
    const kim = await invite('kim@agency.test');
    expect(await invite('KIM@agency.test')).toMatchObject({ status: 409, body: { reason: 'email_taken' } });
    const token = (await api.call('POST', '/v1/tokens', { body: { name: 't', scopes: ['read'], memberId: kim.body.id } })).body.token;
    expect((await api.call('GET', '/v1/workspace', { token })).status).toBe(200);
    expect((await api.call('DELETE', `/v1/members/${kim.body.id}`)).status).toBe(204);
    expect((await api.call('GET', '/v1/workspace', { token })).status).toBe(401);
    expect((await api.call('DELETE', `/v1/members/${kim.body.id}`)).status).toBe(404);
    expect((await invite('kim@agency.test')).body).toMatchObject({ id: kim.body.id, removedAt: null });
    expect((await api.call('GET', '/v1/workspace', { token })).status).toBe(401);
  });

  test('a client reviewer belongs to one client, nobody else to any', async () => {
    const { clientId } = await aClient(api);
    const invite = (body: object) => api.call('POST', '/v1/members', { body: { name: 'Rae', email: `${Math.random()}@x.test`, ...body } });
    expect(fields((await invite({ role: 'client-reviewer' })).body)).toEqual(['clientId']);
    expect(fields((await invite({ role: 'member', clientId })).body)).toEqual(['clientId']);
    expect(fields((await invite({ role: 'client-reviewer', clientId: api.workspace.ownerId })).body)).toEqual(['clientId']);
    const reviewer = await invite({ role: 'client-reviewer', clientId });
    expect(reviewer.status).toBe(201);
    const promoted = await api.call('PATCH', `/v1/members/${reviewer.body.id}`, { body: { role: 'member' } });
    expect(promoted.body).toMatchObject({ role: 'member', clientId: null });
  });

  test('a client reviewer sees no people, inbox, creators or other clients', async () => {
    const { clientId } = await aClient(api);
    const { token } = await aMember(api, 'client-reviewer', { clientId });
    for (const path of ['/v1/members', '/v1/clients', '/v1/creators', '/v1/audit', '/v1/tokens', '/v1/workspace']) {
      expect([path, (await api.call('GET', path, { token })).status]).toEqual([path, 403]);
    }
  });

  test('the last owner stays, also when both of two go at the same moment', async () => {
    const { workspaceId, ownerId, token, scope } = await aWorkspace(api, { owner: { name: 'A', email: 'a@a.test' } });
    expect(await api.call('DELETE', `/v1/members/${ownerId}`, { token })).toMatchObject({ status: 409, body: { reason: 'last_owner' } });
    expect((await api.call('PATCH', `/v1/members/${ownerId}`, { token, body: { role: 'admin' } })).status).toBe(409);
    const second = await aMember({ db: api.db, scope }, 'owner');
    const answers = await Promise.all([
      api.call('DELETE', `/v1/members/${ownerId}`, { token: second.token }),
      api.call('PATCH', `/v1/members/${second.memberId}`, { token, body: { role: 'member' } }),
    ]);
    const owners = await api.rows(`select id from member where workspace_id = ? and role = 'owner' and removed_at is null`, [workspaceId]);
    expect(owners).toHaveLength(1);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  });

  test('one Slack user is one member', async () => {
    const [one, other] = [await aMember(api, 'member'), await aMember(api, 'member')];
    const link = (id: string) => api.call('PATCH', `/v1/members/${id}`, { body: { slack: { teamId: 'T9', userId: 'U9' } } });
    expect((await link(one.memberId)).body.slack).toEqual({ teamId: 'T9', userId: 'U9' });
    expect(await link(other.memberId)).toMatchObject({ status: 409, body: { reason: 'slack_user_taken' } });
  });
});

describe('tokens', () => {
  test('show their secret once, and only to who may see them', async () => {
    const manager = await aMember(api, 'manager');
    const mine = await api.call('POST', '/v1/tokens', { token: manager.token, body: { name: 'Mine', scopes: ['read', 'read'] } });
    expect(mine.body).toMatchObject({ memberId: manager.memberId, scopes: ['read'], token: expect.stringMatching(/^sf_[0-9a-f]{32}_/) });
    const seen = (await api.call('GET', '/v1/tokens', { token: manager.token })).body.data;
    expect(seen.map((each: { name: string }) => each.name).sort()).toEqual(['Mine', 'Tests']);
    expect(JSON.stringify(seen)).not.toContain(mine.body.token.slice(-20));
    const owners = (await api.call('GET', '/v1/tokens')).body.data.find((each: { memberId: string }) => each.memberId === api.workspace.ownerId);
    expect((await api.call('DELETE', `/v1/tokens/${owners.id}`, { token: manager.token })).status).toBe(404);
    expect((await api.call('DELETE', `/v1/tokens/${mine.body.id}`)).status).toBe(204);
  });
});

test('clients are renamed and put away, two of one name refused', async () => {
  const { body } = await api.call('POST', '/v1/clients', { body: { name: 'Nova' } });
  const other = await api.call('POST', '/v1/clients', { body: { name: 'Vega' } });
  expect(await api.call('PATCH', `/v1/clients/${other.body.id}`, { body: { name: 'Nova' } })).toMatchObject({ status: 409 });
  expect((await api.call('PATCH', `/v1/clients/${body.id}`, { body: { archived: true } })).body.archivedAt).toBe('2026-11-23T09:00:00.000Z');
  const names = async (query: string) => (await api.call('GET', `/v1/clients${query}`)).body.data.map((each: { name: string }) => each.name);
  expect(await names('')).not.toContain('Nova');
  expect(await names('?archived=true')).toEqual(['Nova']);
});

test('pages stay whole while rows are inserted', async () => {
  const { token } = await aWorkspace(api, { owner: { name: 'P', email: 'p@p.test' } });
  const add = (name: string) => api.call('POST', '/v1/clients', { token, body: { name } });
  for (let i = 0; i < 7; i += 1) await add(`Old ${i}`);
  const seen: string[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null; page += 1) {
    const { body } = await api.call('GET', `/v1/clients?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { token });
    seen.push(...body.data.map((each: { name: string }) => each.name));
    cursor = body.nextCursor;
    if (page % 2 === 0) await add(`New ${page}`);
    api.clock.advance(5);
  }
  expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, i) => `Old ${i}`));
});

test('the audit log tells who did what, and can be narrowed', async () => {
  const { body: client } = await api.call('POST', '/v1/clients', { body: { name: 'Audited' }, headers: { 'x-request-id': 'req-7' } });
  const { body } = await api.call('GET', `/v1/audit?entity=client&entityId=${client.id}`);
  expect(body.data).toMatchObject([
    { action: 'client.created', actor: { kind: 'member', memberId: api.workspace.ownerId, role: 'owner', via: 'api' }, requestId: 'req-7' },
  ]);
  const none = await api.call('GET', `/v1/audit?action=client.created&memberId=${client.id}`);
  expect(none.body).toEqual({ data: [], nextCursor: null });
});
