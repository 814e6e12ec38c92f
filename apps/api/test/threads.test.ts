import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { takeInbound } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { createRegistry, type InboundMessage } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { fakeChannel, fakeSocial } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld({ plugins: createRegistry([fakeChannel({ channel: 'email', traits: { rich: true, bodyTemplate: 'html' } })], [fakeSocial('instagram')]) });
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());

let keys = 0;
const arrives = async (event: Partial<InboundMessage>) => {
  const message: InboundMessage = { kind: 'message', providerKey: `k${(keys += 1)}`, from: `p${keys}@people.test`, to: 'in@agency.test', text: 'Hello', at: await api.clock.now(), ...event };
  const parts = { db: api.db, system: api.system, logger: createLogger({ name: 'test', level: 'silent' }) };
  await (await takeInbound(parts, 'email', [message]))();
  return message.from;
};
const messagesOf = async (creatorId: string) => {
  const [thread] = (await api.call('GET', `/v1/threads?creatorId=${creatorId}`)).body.data;
  return thread ? (await api.call('GET', `/v1/threads/${thread.id}/messages`)).body.data : [];
};
const trayOf = async (from: string, token?: string) =>
  (await api.call('GET', '/v1/unassigned', { ...(token && { token }) })).body.data.find((each: { from: string }) => each.from === from);

describe('messages', () => {
  test('show who speaks and what about, can be put under another campaign, and moved to another creator', async () => {
    const [ada, bea] = [await aCreator(api, { name: 'Ada', contactPoints: [{ channel: 'email', address: 'ada@people.test' }] }), await aCreator(api, { name: 'Bea' })];
    const campaign = (await api.call('POST', '/v1/campaigns', { body: { name: 'Spring', clientId: (await aClient(api)).clientId } })).body;
    await arrives({ from: 'ada@people.test', text: 'Gladly\n\nOn Mon, Nov 23, 2026 at 9:00 AM Agency <in@agency.test> wrote:\n> Would you?', raw: { contentType: 'message/rfc822', content: Buffer.from('From: ada') } });
    const [message] = await messagesOf(ada.id);
    expect(message).toMatchObject({ sender: { kind: 'creator', name: 'Ada' }, campaign: null, channel: 'email', firstFailure: null, deliveries: [] });
    expect(message.text.slice(0, message.quotedFrom).trim()).toBe('Gladly');
    const source = await api.call('GET', message.sourceUrl);
    expect(source).toMatchObject({ status: 200, body: 'From: ada' });
    expect(await api.call('PATCH', `/v1/messages/${message.id}`, { body: { campaignId: campaign.id } })).toMatchObject({ status: 200, body: { campaign: { id: campaign.id, name: 'Spring' } } });
    expect((await api.call('GET', `/v1/threads?campaignId=${campaign.id}`)).body.data).toMatchObject([{ creator: { name: 'Ada' } }]);
    expect(await api.call('PATCH', `/v1/messages/${message.id}`, { body: { campaignId: newId() } })).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path: 'campaignId' }] } });
    expect(await api.call('POST', `/v1/messages/${message.id}/move`, { body: { creatorId: bea.id } })).toMatchObject({ status: 200, body: { creator: { name: 'Bea' }, campaign: null, sourceUrl: message.sourceUrl } });
    expect((await api.call('GET', '/v1/threads')).body.data).toMatchObject([{ creator: { name: 'Bea' }, unread: 1, preview: 'Gladly' }]);
    expect((await api.call('GET', message.sourceUrl)).status).toBe(200);
    expect((await api.call('GET', '/v1/audit')).body.data.map(({ action }: { action: string }) => action)).toEqual(expect.arrayContaining(['message.moved', 'message.campaign-changed']));
    const stranger = await aWorkspace(api, { owner: { name: 'Op', email: 'op@other.test' } });
    const theirs = await aCreator({ db: api.db, scope: stranger.scope }, { name: 'Theirs' });
    expect((await api.call('POST', `/v1/messages/${message.id}/move`, { body: { creatorId: theirs.id } })).status).toBe(404);
    for (const [method, path, body] of [['GET', '', undefined], ['PATCH', '', { campaignId: null }], ['POST', '/move', { creatorId: theirs.id }]] as const) {
      expect((await api.call(method, `/v1/messages/${message.id}${path}`, { token: stranger.token, ...(body && { body }) })).status).toBe(404);
    }
  });

  test('about a draft are found by the client it has now', async () => {
    const [ada, ben] = [await aCreator(api, { name: 'Ada', contactPoints: [{ channel: 'email', address: 'ada2@people.test' }] }), await aCreator(api, { name: 'Ben', contactPoints: [{ channel: 'email', address: 'ben2@people.test' }] })];
    const [first, second] = [await aClient(api), await aClient(api)];
    const draft = async (clientId: string) => (await api.call('POST', '/v1/campaigns', { body: { name: 'Draft', clientId } })).body.id;
    const [moves, stays] = [await draft(first.clientId), await draft(first.clientId)];
    const about = async (creatorId: string, from: string, campaignId: string) => {
      await arrives({ from });
      await api.call('PATCH', `/v1/messages/${(await messagesOf(creatorId))[0].id}`, { body: { campaignId } });
    };
    await about(ada.id, 'ada2@people.test', moves);
    await about(ben.id, 'ben2@people.test', moves);
    await about(ben.id, 'ben2@people.test', stays);
    expect((await api.call('PATCH', `/v1/campaigns/${moves}`, { body: { clientId: second.clientId } })).status).toBe(200);
    const names = async (clientId: string) => (await api.call('GET', `/v1/threads?clientId=${clientId}`)).body.data.map((each: { creator: { name: string } }) => each.creator.name).sort();
    expect([await names(first.clientId), await names(second.clientId)]).toEqual([['Ben'], ['Ada', 'Ben']]);
    await api.call('PATCH', `/v1/campaigns/${moves}`, { body: { clientId: null } });
    expect([await names(first.clientId), await names(second.clientId)]).toEqual([['Ben'], []]);
  });

  test('are not for reviewers', async () => {
    const { token } = await aMember(api, 'client-reviewer', await aClient(api));
    for (const path of ['/v1/unassigned', `/v1/messages/${newId()}`]) expect((await api.call('GET', path, { token })).status).toBe(403);
    expect((await api.call('POST', `/v1/unassigned/${newId()}/dismiss`, { token })).status).toBe(403);
  });
});

describe('the tray', () => {
  test('is one workspace’s when it surely is for that one, and else nobody’s', async () => {
    // A second workspace is there since the test before: a stranger could be anybody's.
    const stranger = await arrives({ text: 'Who am I?' });
    expect(await trayOf(stranger)).toBeUndefined();
    await api.rows(`insert into tray_route (channel, address, target_workspace_id, created_at) values ('email', '@agency.test', ?, ?)`, [api.scope.workspaceId, await api.clock.now()]);
    const from = await arrives({ text: 'May I join?', subject: 'Hello' });
    const item = await trayOf(from);
    expect(item).toMatchObject({ subject: 'Hello', text: 'May I join?', reason: 'unknown_sender', status: 'open', candidates: [] });
    const other = await aWorkspace(api, { owner: { name: 'Op', email: 'op@third.test' } });
    expect(await trayOf(from, other.token)).toBeUndefined();
    for (const [method, path] of [['GET', ''], ['POST', '/dismiss'], ['POST', '/create-creator']] as const) {
      const answer = await api.call(method, `/v1/unassigned/${item.id}${path}`, { token: other.token, ...(path === '/create-creator' && { body: { name: 'Thief' } }) });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('is emptied by giving to a creator, making one, or dismissing', async () => {
    const cleo = await aCreator(api, { name: 'Cleo' });
    const first = await arrives({ text: 'From my other address' });
    const { id } = await trayOf(first);
    const member = await aMember(api, 'member');
    expect(await api.call('POST', `/v1/unassigned/${id}/assign`, { token: member.token, body: { creatorId: cleo.id, rememberAddress: true } })).toMatchObject({ status: 200, body: { creator: { name: 'Cleo' }, text: 'From my other address' } });
    expect(await api.call('POST', `/v1/unassigned/${id}/assign`, { body: { creatorId: cleo.id } })).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect((await api.call('GET', `/v1/unassigned/${id}`)).body).toMatchObject({ status: 'assigned', from: null, text: '', doneBy: { id: member.memberId }, messageId: expect.any(String) });
    await arrives({ from: first, text: 'And again' });
    expect((await messagesOf(cleo.id)).map(({ text }: { text: string }) => text)).toEqual(['And again', 'From my other address']);
    const made = await api.call('POST', `/v1/unassigned/${(await trayOf(await arrives({ text: 'I am Dora' }))).id}/create-creator`, { body: { name: 'Dora' } });
    expect(made).toMatchObject({ status: 201, body: { creator: { name: 'Dora' } } });
    const spam = await trayOf(await arrives({ text: 'Buy!' }));
    expect((await api.call('POST', `/v1/unassigned/${spam.id}/dismiss`)).status).toBe(204);
    expect((await api.call('GET', '/v1/unassigned?status=dismissed')).body.data).toMatchObject([{ id: spam.id }]);
    expect((await api.call('POST', `/v1/unassigned/${spam.id}/restore`)).status).toBe(204);
    expect((await api.call('GET', `/v1/unassigned/${spam.id}`)).body).toMatchObject({ status: 'open', doneAt: null, doneBy: null });
    expect((await api.call('POST', `/v1/unassigned/${spam.id}/dismiss`)).status).toBe(204);
    expect((await api.call('POST', `/v1/unassigned/${newId()}/assign`, { body: { creatorId: cleo.id } })).status).toBe(404);
    expect((await api.call('GET', '/v1/audit')).body.data.map(({ action }: { action: string }) => action)).toEqual(expect.arrayContaining(['unassigned.assigned', 'unassigned.dismissed']));
  });
});
