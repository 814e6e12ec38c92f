import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { leaseMs } from '@sevenfold/core/idempotency';
import { aMember, aWorkspace } from '@sevenfold/testing/factories';
import { asAdmin } from '@sevenfold/testing/postgres';
import { apiWorld, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld({ poolSize: 20 });
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

const clients = (name: string) => api.rows<{ id: string }>('select id from client where name = ?', [name]);
const create = (name: string, key: string, token?: string) => api.call('POST', '/v1/clients', { body: { name }, key, ...(token && { token }) });

test('a repeat gets the same answer and makes nothing', async () => {
  const first = await create('Acme', 'k1');
  const again = await create('Acme', 'k1');
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-replay')).toBeNull();
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers.get('idempotency-replay')).toBe('true');
  expect(await clients('Acme')).toHaveLength(1);
});

test('three at the same moment: one does it, the others are told to wait or get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 3 }, () => create('Three', 'k-three')));
  expect(await clients('Three')).toHaveLength(1);
  const made = answers.filter(({ status }) => status === 201);
  expect(made.length).toBeGreaterThanOrEqual(1);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_running' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await create('Three', 'k-three')).body).toEqual(made[0]?.body);
});

test('another body under the same key is refused', async () => {
  await create('One body', 'k-body');
  expect(await create('Another body', 'k-body')).toMatchObject({ status: 422, body: { code: 'idempotency_conflict' } });
  expect(await clients('Another body')).toEqual([]);
});

test('opening a workspace whose answer was lost opens no second one, and its token works', async () => {
  const operator = await aWorkspace(api, { owner: { name: 'Op', email: 'op@op.test' } }, ['read', 'operator']);
  const body = { name: 'Once', timeZone: 'Europe/Amsterdam', owner: { name: 'Own', email: 'Own@once.test' } };
  const open = (change: object = {}) => api.call('POST', '/v1/workspaces', { token: operator.token, key: 'k-open', body: { ...body, ...change } });
  const lost = await open();
  // Killed between the two commits: the workspace is there, the answer is not.
  const forget = () => api.rows('delete from idempotency_record where workspace_id = ?', [operator.workspaceId]);
  await forget();
  const again = await open();
  expect([again.status, again.body.workspace.id, again.body.ownerId]).toEqual([201, lost.body.workspace.id, lost.body.ownerId]);
  expect(await api.rows(`select 1 from workspace where name = 'Once'`)).toHaveLength(1);
  expect((await api.call('GET', '/v1/workspace', { token: lost.body.token })).status).toBe(401);
  expect((await open()).body).toEqual(again.body);
  await forget();
  expect(await open({ name: 'Other' })).toMatchObject({ status: 422, body: { code: 'idempotency_conflict' } });
  expect((await api.call('GET', '/v1/workspace', { token: again.body.token })).body).toMatchObject({ name: 'Once' });
  expect(await open()).toMatchObject({ status: 409, body: { code: 'conflict' } });
});

test('the order of members in a body does not make it another', async () => {
  const send = (text: string) => api.call('POST', '/v1/members', { body: text, key: 'k-order', headers: { 'content-type': 'application/json' } });
  const first = await send('{"name": "Ann", "email": "ann@a.test", "role": "member"}');
  const again = await send('{"role":"member","email":"ann@a.test","name":"Ann"}');
  expect(again).toMatchObject({ status: 201, body: first.body });
});

test('the same key of somebody else, on another path or in another workspace is another', async () => {
  const other = await aMember(api, 'owner');
  const elsewhere = await aWorkspace(api, { owner: { name: 'B', email: 'b@b.test' } });
  const ids = [
    (await create('Mine', 'k-same')).body.id,
    (await create('Theirs', 'k-same', other.token)).body.id,
    (await create('Mine', 'k-same', elsewhere.token)).body.id,
    (await api.call('POST', '/v1/creators', { body: { name: 'Mine' }, key: 'k-same' })).body.id,
  ];
  expect(new Set(ids).size).toBe(4);
});

test('what was wrong with a request is not remembered', async () => {
  expect((await create('', 'k-wrong')).status).toBe(422);
  expect((await create('Right now', 'k-wrong')).status).toBe(201);
  const member = await aMember(api, 'member');
  expect((await create('Not allowed yet', 'k-role', member.token)).status).toBe(403);
  await api.call('PATCH', `/v1/members/${member.memberId}`, { body: { role: 'manager' } });
  expect((await create('Not allowed yet', 'k-role', member.token)).status).toBe(201);
});

test('a refusal by rule is remembered as it was', async () => {
  await create('Taken', 'k-first');
  const refused = await create('Taken', 'k-second');
  expect(refused).toMatchObject({ status: 409, body: { code: 'conflict', reason: 'name_taken' } });
  await api.rows('delete from client where name = ?', ['Taken']);
  const again = await create('Taken', 'k-second');
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict', reason: 'name_taken', detail: refused.body.detail } });
  expect(again.headers.get('idempotency-replay')).toBe('true');
});

test('keys are 1 to 255 characters', async () => {
  expect((await create('Long', 'k'.repeat(255))).status).toBe(201);
  expect(await create('Longer', 'k'.repeat(256))).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
});

test('a request that died without a word blocks its key for its lease, and answers live for 7 days', async () => {
  const [row] = await api.rows<{ id: string }>('select id from idempotency_record where key = ?', ['k1']);
  await api.rows(`update idempotency_record set sealed_answer = null, wrapped_key = null, lease_until = ? where id = ?`, [
    new Date((await api.clock.now()).getTime() + leaseMs), row?.id,
  ]);
  await api.rows('delete from client where name = ?', ['Acme']);
  expect(await create('Acme', 'k1')).toMatchObject({ status: 409, body: { code: 'idempotency_running' } });
  api.clock.advance(leaseMs + 1);
  const taken = await create('Acme', 'k1');
  expect(taken.status).toBe(201);
  api.clock.advance(7 * 24 * 3_600_000 - 1);
  expect((await create('Acme', 'k1')).headers.get('idempotency-replay')).toBe('true');
  api.clock.advance(2);
  expect(await create('Acme', 'k1')).toMatchObject({ status: 409, body: { code: 'conflict' } });
});

test('answers with secrets are repeated, and stored sealed', async () => {
  const make = () => api.call('POST', '/v1/tokens', { body: { name: 'Canary token', scopes: ['read'] }, key: 'k-token' });
  const [first, again] = [await make(), await make()];
  expect(again.body.token).toBe(first.body.token);
  const rows = await api.rows<{ text: string }>('select r::text as text from idempotency_record r');
  const secret: string = first.body.token;
  const hex = Buffer.from(secret).toString('hex');
  expect(rows.filter(({ text }) => text.includes(secret) || text.includes(hex))).toEqual([]);
});

test('effect and answer commit together: what dies between them has not happened, and its repeat makes one', async () => {
  const asAdminHere = (sql: string) => asAdmin(api.database.adminUrl, (client) => client.query(sql));
  await asAdminHere(`create function forget() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`);
  await asAdminHere('create trigger forget before update on idempotency_record for each row execute function forget()');
  try {
    expect((await create('Half made', 'k-half')).status).toBe(500);
    expect(await clients('Half made')).toEqual([]);
  } finally {
    await asAdminHere('drop trigger forget on idempotency_record');
  }
  // The key is free at once: there is no lease of a dead request to wait for.
  const made = await create('Half made', 'k-half');
  expect(made.status).toBe(201);
  expect((await create('Half made', 'k-half')).body).toEqual(made.body);
  expect(await clients('Half made')).toHaveLength(1);
});
