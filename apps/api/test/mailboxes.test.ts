import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry, type Mailbox, type MailboxCheck } from '@sevenfold/plugin-sdk';
import { aClient, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

let world: ApiWorld;
/** What the provider says next, and what it was shown. */
let answer: MailboxCheck = { ok: true, cursor: { uidValidity: '1', uid: 7 } };
const seen: Mailbox[] = [];
const password = 'Rest-Secret-55';
const mailboxes = {
  ratePerSecond: 1,
  check: async (mailbox: Mailbox) => (seen.push(mailbox), answer),
  send: async () => ({ outcome: 'not_sent' as const, reason: 'none' }),
  read: async () => undefined,
};
beforeAll(async () => {
  world = await apiWorld({ plugins: createRegistry([{ ...fakeChannel({ channel: 'email', traits: { rich: true, replyAddress: { mailbox: 'r@in.agency.test', style: 'plus' } } }), mailboxes }]) });
  world.services.mailboxPrivateHosts = ['127.0.0.1'];
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const server = { host: '127.0.0.1', port: 1025, security: 'none', user: 'anna', password };
const body = (over: object = {}) => ({ address: 'anna@agency.test', name: 'Anna', smtp: server, imap: { ...server, port: 1143 }, ...over });
const put = (token: string | undefined, over: object = {}) => world.call('PUT', '/v1/mailboxes/mine', { body: body(over), ...(token !== undefined && { token }) });

test('a member connects, sees, pauses and disconnects their own; the password is in no answer, and sealed where it is kept', async () => {
  const { token } = await aMember(world, 'member');
  const made = await put(token);
  expect(made).toMatchObject({ status: 200, body: { status: 'connected', version: 1, imap: { folder: 'INBOX' }, smtp: { user: 'anna' } } });
  expect(seen.at(-1)).toMatchObject({ smtp: { ip: '127.0.0.1', password }, imap: { password, folder: 'INBOX' } });
  const path = `/v1/mailboxes/${made.body.id}`;
  expect((await world.call('POST', `${path}/pause`, { token })).body).toMatchObject({ status: 'paused' });
  expect((await world.call('POST', `${path}/resume`, { token })).body).toMatchObject({ status: 'connected' });
  answer = { ok: false, fault: { server: 'imap', problem: 'credentials', detail: 'AUTHENTICATIONFAILED' } };
  expect((await world.call('POST', `${path}/check`, { token })).body).toMatchObject({ status: 'trouble', imapTrouble: { problem: 'credentials' } });
  expect((await world.call('GET', '/v1/notices')).body.data).toMatchObject([{ kind: 'mailbox-trouble', status: 'open' }]);
  answer = { ok: true, cursor: null };
  expect((await world.call('POST', `${path}/check`, { token })).body).toMatchObject({ status: 'connected' });
  const all = [await world.call('GET', '/v1/mailboxes', { token }), await world.call('GET', path, { token }), await world.call('GET', '/v1/audit')];
  expect(JSON.stringify(all)).not.toContain(password);
  const rows = await world.rows<{ row: string }>(`select row_to_json(b)::text || row_to_json(a)::text as row from mailbox b, audit_entry a`);
  expect(JSON.stringify(rows)).not.toContain(password);
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(password).toString('hex'));
  expect((await world.call('DELETE', path, { token })).status).toBe(204);
  expect((await world.call('GET', path, { token })).status).toBe(404);
});

test('nobody sees or touches another’s; an admin sees it and may disconnect it, and another workspace knows nothing of it', async () => {
  const { clientId } = await aClient(world);
  const [one, two, reviewer] = [await aMember(world, 'member'), await aMember(world, 'manager'), await aMember(world, 'client-reviewer', { clientId })];
  const { body: made } = await put(one.token, { address: 'one@agency.test' });
  const path = `/v1/mailboxes/${made.id}`;
  for (const [method, at] of [['GET', path], ['POST', `${path}/pause`], ['POST', `${path}/check`], ['DELETE', path]] as const) {
    expect([method, (await world.call(method, at, { token: two.token })).status]).toEqual([method, 404]);
    expect([method, (await world.call(method, at, { token: reviewer.token })).status]).toEqual([method, 403]);
  }
  expect((await world.call('GET', '/v1/mailboxes', { token: two.token })).body.data).toEqual([]);
  const other = await aWorkspace(world);
  expect((await world.call('GET', path, { token: other.token })).status).toBe(404);
  expect((await world.call('DELETE', path, { token: other.token })).status).toBe(404);
  expect((await world.call('POST', `${path}/pause`)).status).toBe(404); // not even the owner: it is not theirs
  expect((await world.call('GET', '/v1/mailboxes')).body.data).toMatchObject([{ address: 'one@agency.test', member: { id: one.memberId } }]);
  expect((await world.call('DELETE', path)).status).toBe(204);
  expect((await world.call('GET', `/v1/mailboxes/${newId()}`)).status).toBe(404);
});

test('what is wrong is said by field: before a server is asked, and by what it says', async () => {
  const { token } = await aMember(world, 'member');
  const asked = seen.length;
  const paths = async (over: object) => {
    const { status, body: problem } = await put(token, over);
    return [status, problem.fields?.map((each: { path: string }) => each.path)];
  };
  expect(await paths({ smtp: { ...server, port: 0 } })).toEqual([422, ['smtp.port']]);
  expect(await paths({ smtp: { ...server, host: '10.0.0.9', port: 587, security: 'tls' } })).toEqual([422, ['smtp.host']]);
  expect(await paths({ imap: { ...server, host: 'mail.agency.test', port: 22 } })).toEqual([422, ['imap.port', 'imap.security']]);
  expect(seen).toHaveLength(asked);
  answer = { ok: false, fault: { server: 'smtp', problem: 'certificate', detail: 'CERT_HAS_EXPIRED' } };
  expect(await paths({})).toEqual([422, ['smtp.host']]);
  answer = { ok: false, fault: { server: 'smtp', problem: 'credentials', detail: 'SMTP 535' } };
  const refused = await put(token);
  expect(refused.body.fields).toEqual([{ path: 'smtp.password', message: expect.stringContaining('SMTP 535') }]);
  expect(JSON.stringify(refused)).not.toContain(password);
  expect((await world.call('GET', '/v1/mailboxes', { token })).body.data).toEqual([]);
  answer = { ok: true, cursor: null };
});

test('who is taken out of the team takes their mailbox along', async () => {
  const gone = await aMember(world, 'member');
  const { body: made } = await put(gone.token, { address: 'gone@agency.test' });
  expect((await world.call('DELETE', `/v1/members/${gone.memberId}`)).status).toBe(204);
  expect(await world.rows('select sealed from mailbox where id = ? and disconnected_at is not null', [made.id])).toEqual([{ sealed: null }]);
});

test('who becomes a client reviewer has none any more: they could neither see nor end that it is read', async () => {
  const { clientId } = await aClient(world);
  const [reviewer, manager] = [await aMember(world, 'member'), await aMember(world, 'member')];
  const [mine, theirs] = [(await put(reviewer.token, { address: 'reviewer@agency.test' })).body, (await put(manager.token, { address: 'manager@agency.test' })).body];
  expect((await world.call('PATCH', `/v1/members/${reviewer.memberId}`, { body: { role: 'client-reviewer', clientId } })).status).toBe(200);
  expect((await world.call('PATCH', `/v1/members/${manager.memberId}`, { body: { role: 'manager' } })).status).toBe(200);
  expect(await world.rows('select sealed from mailbox where id = ? and disconnected_at is not null', [mine.id])).toEqual([{ sealed: null }]);
  expect((await world.call('GET', `/v1/mailboxes/${theirs.id}`)).status).toBe(200);
});

test('nobody tries passwords by us', async () => {
  const { token } = await aMember(world, 'member');
  answer = { ok: false, fault: { server: 'smtp', problem: 'credentials', detail: 'SMTP 535' } };
  const asked = seen.length;
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 21; attempt += 1) statuses.push((await put(token)).status);
  expect(new Set(statuses)).toEqual(new Set([422, 429]));
  expect(seen.length - asked).toBeLessThanOrEqual(20);
  answer = { ok: true, cursor: null };
});
