import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { queueBroadcast, sendBatch } from '@sevenfold/core/broadcasts';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { tellTeam } from '@sevenfold/core/notices';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry, type InboundRequest } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aLink, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

/** A provider whose signature is a header, and whose body is the events. */
const seen: InboundRequest[] = [];
const receive = async (request: InboundRequest) => {
  seen.push(request);
  if (request.headers['x-signature'] !== 'good') return { verified: false, reason: 'wrong signature', answer: { status: 403 } } as const;
  const events = JSON.parse(Buffer.from(request.rawBody).toString()).map((event: object) => ({ ...event, at: new Date('2026-11-23T09:00:00Z') }));
  return { verified: true, events, answer: { status: 200, contentType: 'text/xml', body: '<Response/>' } } as const;
};
const inApp = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const email = fakeChannel({ channel: 'email', traits: { rich: true } });
const sms = fakeChannel({ channel: 'sms', traits: { bodyTemplate: 'short' }, sender: '+3100', receive });

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld({ plugins: createRegistry([inApp, email, sms]) });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const get = async (path: string, token?: string) => world.call('GET', path, { token });
const webhook = (events: object[], signature = 'good') =>
  world.call('POST', '/v1/hooks/channels/sms/status?m=1', { body: JSON.stringify(events), headers: { 'x-signature': signature }, token: '' });
const message = async (creatorId: string) => {
  const { messageId } = await world.db.inWorkspace(world.scope, (tx) =>
    queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'Hello' }, dedupeKey: newId(), automatic: true, purpose: 'notice' }),
  );
  await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId });
  return messageId;
};

describe('a talk', () => {
  test('goes out by SMS, comes back by webhook, is answered over REST, and its status follows', async () => {
    const creator = await aCreator(world, { name: 'Sam', contactPoints: [{ channel: 'sms', address: '+31600000001' }] });
    const messageId = await message(creator.id);
    const answer = await webhook([{ kind: 'message', providerKey: newId(), from: '+31600000001', to: '+3100', text: 'Who is it?' }]);
    expect(answer).toMatchObject({ status: 200, body: '<Response/>' });
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(seen.at(-1)).toMatchObject({ method: 'POST', path: '/v1/hooks/channels/sms/status?m=1' });

    const { body: inbox } = await get('/v1/threads?unread=true');
    expect(inbox.data).toMatchObject([{ creator: { name: 'Sam' }, unread: 1, preview: 'Who is it?', lastInboundChannel: 'sms' }]);
    const threadId = inbox.data[0].id;
    const reply = () => world.call('POST', `/v1/threads/${threadId}/messages`, { body: { text: 'The agency' }, key: 'reply-1' });
    const [first, again] = [await reply(), await reply()];
    expect(first).toMatchObject({ status: 201, body: { status: 'queued', author: { name: 'Olga' } } });
    expect(again.body.id).toBe(first.body.id);
    await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId: first.body.id });
    const [delivery] = await world.rows<{ id: string }>('select id from delivery where message_id = ?', [first.body.id]);
    await webhook([{ kind: 'status', providerKey: newId(), messageId: delivery?.id, status: 'delivered' }]);

    const { body: page } = await get(`/v1/threads/${threadId}/messages`);
    expect(page.data.map((each: { text: string; channel: string; status: string }) => [each.text, each.channel, each.status])).toEqual(
      expect.arrayContaining([['The agency', 'sms', 'delivered'], ['Who is it?', 'sms', 'delivered'], ['Hello', 'sms', 'sent']]),
    );
    expect(page.data.find((each: { id: string }) => each.id === messageId).deliveries).toMatchObject([{ channel: 'sms', attempts: 1 }]);
    expect((await get(`/v1/threads/${threadId}`)).body.unread).toBe(0);
    await webhook([{ kind: 'message', providerKey: newId(), from: '+31600000001', to: '+3100', text: 'ok' }]);
    expect((await world.call('POST', `/v1/threads/${threadId}/read`)).body.unread).toBe(0);
  });

  test('in the app is the creator’s own, and nobody else’s', async () => {
    const creator = await aCreator(world, { name: 'Ann', hasApp: true, contactPoints: [] });
    const token = await aLink(world, creator.id);
    await message(creator.id);
    expect(await world.call('POST', '/v1/creator/thread', { token, body: { text: 'Hi team' }, key: 'p1' })).toMatchObject({ status: 201 });
    expect(await world.call('POST', '/v1/creator/thread', { token, body: { text: 'Hi team' }, key: 'p1' })).toMatchObject({ status: 201 });
    const { body } = await get('/v1/creator/thread', token);
    expect(body.data).toHaveLength(2);
    expect(await world.call('POST', '/v1/creator/thread/read', { token })).toMatchObject({ status: 200, body: { read: 1 } });
    const stranger = await aLink(world, (await aCreator(world)).id);
    expect((await get('/v1/creator/thread', stranger)).body.data).toEqual([]);
    expect((await get('/v1/creator/thread')).status).toBe(403);
    expect((await get('/v1/threads', token)).status).toBe(403);
  });
});

describe('refusals', () => {
  test('a bad signature is 403 and leaves nothing, an unheard channel 404', async () => {
    const before = await world.rows('select count(*) from inbound_item');
    expect((await webhook([{ kind: 'message', providerKey: 'x', from: '1', to: '2', text: '3' }], 'bad')).status).toBe(403);
    expect((await world.call('POST', '/v1/hooks/channels/email', { body: '{}', token: '' })).status).toBe(404);
    expect((await world.call('POST', '/v1/hooks/channels/fax', { body: '{}', token: '' })).status).toBe(404);
    expect(await world.rows('select count(*) from inbound_item')).toEqual(before);
  });

  test('another workspace’s threads, broadcasts, campaigns and notices are not there', async () => {
    const creator = await aCreator(world);
    await message(creator.id);
    const { body } = await get(`/v1/threads?creatorId=${creator.id}`);
    const other = await aWorkspace(world, { owner: { name: 'O', email: 'o@other.test' } });
    expect((await get('/v1/threads', other.token)).body.data).toEqual([]);
    for (const path of [`threads/${body.data[0].id}`, `threads/${body.data[0].id}/messages`, `broadcasts/${newId()}`, `campaigns/${newId()}/messages`, 'threads/nonsense']) {
      expect(await get(`/v1/${path}`, other.token)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await world.call('POST', `/v1/threads/${body.data[0].id}/messages`, { token: other.token, body: { text: 'x' } })).status).toBe(404);
    expect((await world.call('POST', `/v1/notices/${newId()}/done`)).status).toBe(404);
  });

  test('wrong fields are named; a reviewer sees no inbox', async () => {
    const creator = await aCreator(world);
    await message(creator.id);
    const { body } = await get(`/v1/threads?creatorId=${creator.id}`);
    const path = `/v1/threads/${body.data[0].id}/messages`;
    expect((await world.call('POST', path, { body: { text: ' ', colour: 'red' } })).body).toMatchObject({
      code: 'invalid_fields', fields: expect.arrayContaining([expect.objectContaining({ path: 'text' }), expect.objectContaining({ path: 'colour' })]),
    });
    expect((await world.call('POST', path, { body: { text: 'x', channel: 'fax' } })).body).toMatchObject({ code: 'invalid_fields', fields: [{ path: 'channel' }] });
    expect((await get('/v1/threads?cursor=zzz')).body).toMatchObject({ code: 'invalid_fields' });
    const { clientId } = await aClient(world);
    const reviewer = await aMember(world, 'client-reviewer', { clientId });
    for (const each of ['/v1/threads', '/v1/notices', path]) expect((await get(each, reviewer.token)).status).toBe(403);
  });
});

test('a newsletter is ended by its link: GET shows, POST acts, everything else still arrives', async () => {
  const creator = await aCreator(world, { newsletterOptIn: true, contactPoints: [{ channel: 'email', address: 'news@x.test' }] });
  const news = async () => {
    const { broadcastId } = await world.db.inWorkspace(world.scope, (tx) =>
      queueBroadcast(tx, {
        kind: 'newsletter', dedupeKey: newId(), purpose: 'newsletter', automatic: true, recipients: [{ creatorId: creator.id, texts: { text: 'News' } }],
      }),
    );
    await sendBatch(world.db, { workspaceId: world.workspace.workspaceId, broadcastId });
    return (await get(`/v1/broadcasts/${broadcastId}/messages`)).body.data[0];
  };
  expect(await news()).toMatchObject({ status: 'sent', channel: 'email' });
  const link = email.attempts.at(-1)?.unsubscribeUrl ?? '';
  expect(link).toMatch(/^https:\/\/sevenfold\.test\/u\//);
  const path = new URL(link).pathname;
  expect(await get(path, '')).toMatchObject({ status: 200, body: expect.stringContaining('Unsubscribe') });
  expect(await news()).toMatchObject({ status: 'sent' });
  const press = (to: string) =>
    world.call('POST', to, { token: '', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect((await press(path)).status).toBe(200);
  expect((await press(path)).status).toBe(200);
  const asTeam = await world.call('PATCH', `/v1/creators/${creator.id}`, { body: { newsletterOptIn: true } });
  expect([asTeam.status, asTeam.body.fields?.[0]?.path]).toEqual([422, 'newsletterOptIn']);
  expect(await news()).toMatchObject({ status: 'failed', code: 'opted_out' });
  await message(creator.id);
  expect(email.attempts.at(-1)).toMatchObject({ to: 'news@x.test', text: 'Hello' });
  expect((await press(path.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(404);

  // Only they take back their own word, and the ledger says where it was said.
  const token = await aLink(world, creator.id);
  const own = (newsletterOptIn: boolean) => world.call('PATCH', '/v1/creator/me', { token, body: { newsletterOptIn } });
  const ledger = () => world.rows(`select state, source from consent_entry where sender = ? and channel = 'email' order by at desc limit 1`, [`${email.sender}/newsletter`]);
  world.clock.advance(1_000);
  expect((await own(true)).body).toMatchObject({ newsletterOptIn: true });
  expect(await ledger()).toEqual([{ state: 'in', source: 'creator' }]);
  expect(await news()).toMatchObject({ status: 'sent', channel: 'email' });
  world.clock.advance(1_000);
  expect((await own(false)).body).toMatchObject({ newsletterOptIn: false });
  expect(await news()).toMatchObject({ status: 'failed', code: 'opted_out' });
  expect((await world.call('PATCH', `/v1/creators/${creator.id}`, { body: { newsletterOptIn: true } })).status).toBe(422);
});

test('who ended the newsletter in the app alone is not put back by the team either', async () => {
  const creator = await aCreator(world, { newsletterOptIn: true, hasApp: true, contactPoints: [] });
  const token = await aLink(world, creator.id);
  expect((await world.call('PATCH', '/v1/creator/me', { token, body: { newsletterOptIn: false } })).status).toBe(200);
  expect((await world.call('PATCH', `/v1/creators/${creator.id}`, { body: { newsletterOptIn: true } })).status).toBe(422);
  expect((await world.call('PATCH', `/v1/creators/${creator.id}`, { body: { newsletterOptIn: false, country: 'NL' } })).status).toBe(200);
});

test('a broadcast tells its counts and the result per creator; a notice is settled', async () => {
  const creators = [await aCreator(world), await aCreator(world, { contactPoints: [] })];
  const { broadcastId } = await world.db.inWorkspace(world.scope, (tx) =>
    queueBroadcast(tx, {
      kind: 'group', dedupeKey: newId(), purpose: 'notice', automatic: false, recipients: creators.map(({ id }) => ({ creatorId: id, texts: { text: 'All' } })),
    }),
  );
  expect((await get(`/v1/broadcasts/${broadcastId}`)).body).toMatchObject({ status: 'queued', total: 2, counts: { queued: 2 } });
  await sendBatch(world.db, { workspaceId: world.workspace.workspaceId, broadcastId });
  expect((await get(`/v1/broadcasts/${broadcastId}`)).body).toMatchObject({ status: 'done', counts: { sent: 1, failed: 1 } });
  const { body } = await get(`/v1/broadcasts/${broadcastId}/messages?status=failed`);
  expect(body.data).toMatchObject([{ creator: { id: creators[1]?.id }, code: 'no_address' }]);

  const open = await get('/v1/notices?status=open&kind=missing-address');
  expect(open.body.data).toMatchObject([{ creatorId: creators[1]?.id, text: expect.stringContaining('Mia') }]);
  await world.call('PATCH', `/v1/creators/${creators[1]?.id}`, { body: { contactPoints: [{ channel: 'email', address: 'now@x.test' }] } });
  expect((await get('/v1/notices?status=open&kind=missing-address')).body.data).toEqual([]);

  const { noticeId } = await world.db.inWorkspace(world.scope, (tx) => tellTeam(tx, { kind: 'summary', dedupeKey: newId(), data: {}, asks: true }));
  expect((await world.call('POST', `/v1/notices/${noticeId}/done`)).body).toMatchObject({ status: 'done' });
});
