import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { queueMessage, sendOne } from '@sevenfold/core/inbox';
import { hint } from '@sevenfold/core/live';
import { mintLink } from '@sevenfold/core/creators';
import { createLogger } from '@sevenfold/platform/logging';
import { newId } from '@sevenfold/platform/ids';
import { aClient, aCreator, aLink, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { EventStream } from '@sevenfold/testing/live';
import { until } from '@sevenfold/testing/util';
import { EngineClient, lazyEngine } from '@sevenfold/workflow-client';
import { createApi } from '../src/index.js';
import { apiWorld, slackCredential, type ApiWorld } from './api-world.js';

const liveTimes = { sessionMs: 150, heartbeatMs: 300, presenceMs: 200, pollMs: 500 };
let world: ApiWorld;
let other: { url: string; close(): Promise<void> };
beforeAll(async () => {
  world = await apiWorld({ change: { liveTimes } });
  other = await secondProcess();
}, 120_000);
afterAll(async () => {
  await other.close();
  await world[Symbol.asyncDispose]();
});

/** Another process over the same database. */
async function secondProcess(): Promise<{ url: string; close(): Promise<void> }> {
  const { db, system, clock, services: { keyRing, plugins, publicUrl } } = world;
  const engine = new EngineClient(lazyEngine({ address: '127.0.0.1:1', namespace: 'none' }), 500);
  const app = await createApi({
    config: { publicUrl, maxBodyBytes: 1_000, maxFileBytes: 1_000, requestsPerMinute: 1_000, slackServiceCredential: slackCredential, trustedProxies: undefined },
    db, system, clock, keyRing, plugins, engine, liveTimes, listenUrl: world.database.systemUrl,
    logger: createLogger({ level: 'fatal', name: 'test' }),
  });
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await app.close();
      await engine.close();
    },
  };
}

const open: EventStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
async function listen(token = world.workspace.token, { path = '/v1/live', at = world.url, lastEventId }: { path?: string; at?: string; lastEventId?: string | undefined } = {}): Promise<EventStream> {
  const stream = await EventStream.open(`${at}${path}`, { token, lastEventId });
  open.push(stream);
  if (stream.status === 200) await stream.until('its first event', ({ events }) => events.length > 0);
  return stream;
}
const say = (what: Parameters<typeof hint>[1]) => world.db.inWorkspace(world.scope, (tx) => hint(tx, what));
/** Something that everybody of the team hears: whatever came before it has been heard. */
const mark = async (stream: EventStream): Promise<void> => {
  const id = newId();
  await say({ entity: 'workspace', id });
  await stream.until('the mark', ({ hints }) => hints.includes(`workspace ${id}`));
};

describe('a thread, live', () => {
  test('what a creator writes reaches the team at any process, and reading reaches both the other way', async () => {
    const creator = await aCreator(world, { hasApp: true });
    const link = await aLink(world, creator.id);
    const [team, elsewhere, me] = [await listen(), await listen(undefined, { at: other.url }), await listen(link, { path: '/v1/creator/live' })];
    await world.call('POST', '/v1/creator/thread', { token: link, body: { text: 'Hello team' } });
    const { body: inbox } = await world.call('GET', `/v1/threads?creatorId=${creator.id}`);
    const threadId = inbox.data[0].id;
    for (const stream of [team, elsewhere, me]) await stream.until('the thread', ({ hints }) => hints.includes(`thread ${threadId}`));
    const { data } = team.events.findLast(({ event }) => event === 'hint') ?? { data: {} };
    expect(Object.keys(data).toSorted()).toEqual(['entity', 'id', 'version']);

    // The team reads: the creator sees it.
    me.events.splice(0);
    await world.call('POST', `/v1/threads/${threadId}/read`);
    await me.until('the receipt of the team', ({ hints }) => hints.includes(`thread ${threadId}`));
    const { body: own } = await world.call('GET', '/v1/creator/thread', { token: link });
    expect(own.data[0].readAt).not.toBeNull();

    // The creator reads: the team sees it.
    const reply = await world.call('POST', `/v1/threads/${threadId}/messages`, { body: { text: 'Hello Mia' } });
    await sendOne(world.db, { workspaceId: world.workspace.workspaceId, messageId: reply.body.id });
    await me.until('the answer', ({ hints }) => hints.includes(`message ${reply.body.id}`));
    elsewhere.events.splice(0);
    await world.call('POST', '/v1/creator/thread/read', { token: link, body: {} });
    await elsewhere.until('the receipt of the creator', ({ hints }) => hints.includes(`message ${reply.body.id}`));
    const { body: page } = await world.call('GET', `/v1/threads/${threadId}/messages`);
    expect(page.data[0]).toMatchObject({ id: reply.body.id, status: 'read', readAt: expect.any(String) });
  });

  test('what is the team’s alone reaches the team: whose a thread is, when it comes back, what needs no answer', async () => {
    const creator = await aCreator(world, { hasApp: true });
    const link = await aLink(world, creator.id);
    await world.call('POST', '/v1/creator/thread', { token: link, body: { text: 'Hello team' } });
    const thread = (await world.call('GET', `/v1/threads?creatorId=${creator.id}`)).body.data[0];
    await world.call('POST', `/v1/threads/${thread.id}/read`);
    const member = await aMember(world, 'member');
    const [team, me] = [await listen(), await listen(link, { path: '/v1/creator/live' })];
    const snoozedUntil = new Date((await world.clock.now()).getTime() + 3_600_000).toISOString();
    for (const [method, path, body] of [
      ['PATCH', '', { assigneeId: member.memberId }], ['PATCH', '', { snoozedUntil }], ['POST', '/no-answer-needed', undefined], ['POST', '/unread', undefined],
    ] as const) {
      const { body: changed } = await world.call(method, `/v1/threads/${thread.id}${path}`, { ...(body && { body }) });
      await team.until(`version ${changed.version}`, ({ events }) => events.some(({ data }) => data.id === thread.id && data.version === changed.version));
    }
    const before = team.events.length;
    await world.call('DELETE', `/v1/members/${member.memberId}`);
    await team.until('that it is nobody’s', ({ events }) => events.slice(before).some(({ data }) => data.id === thread.id));
    expect((await world.call('GET', `/v1/threads/${thread.id}`)).body.assignee).toBeNull();
    // The creator hears what comes after it, and heard nothing before.
    const reply = await world.call('POST', `/v1/threads/${thread.id}/messages`, { body: { text: 'Hello' } });
    await me.until('the answer', ({ hints }) => hints.includes(`message ${reply.body.id}`));
    expect(me.hints.filter((each) => each === `thread ${thread.id}`)).toHaveLength(1);
  });

  test('a creator hears of their own thread alone', async () => {
    const [mine, theirs] = [await aCreator(world), await aCreator(world)];
    const me = await listen(await aLink(world, mine.id), { path: '/v1/creator/live' });
    const team = await listen();
    const write = (creatorId: string) =>
      world.db.inWorkspace(world.scope, (tx) => queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'x' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' }));
    await write(theirs.id);
    await say([{ entity: 'notice', id: newId(), creatorId: mine.id }, { entity: 'campaign', id: newId() }]);
    await mark(team);
    const { messageId } = await write(mine.id);
    await me.until('my own', ({ hints }) => hints.includes(`message ${messageId}`));
    expect(me.hints).toHaveLength(2);
    expect(me.hints.map((each) => each.split(' ')[0]).toSorted()).toEqual(['message', 'thread']);
  });
});

describe('who hears what', () => {
  test('a client reviewer hears of their own client’s shown campaigns and of nothing internal', async () => {
    const { clientId } = await aClient(world);
    const [reviewer, member] = [await aMember(world, 'client-reviewer', { clientId }), await aMember(world, 'member')];
    const campaign = async (client: string | null, status: string) => {
      const id = newId();
      await world.rows(
        `insert into campaign (id, workspace_id, created_at, updated_at, status, name, details, version, client_id) values (?, ?, now(), now(), ?, 'C', '{}', 0, ?)`,
        [id, world.workspace.workspaceId, status, client],
      );
      return id;
    };
    const [own, draft, foreign] = [await campaign(clientId, 'published'), await campaign(clientId, 'draft'), await campaign((await aClient(world)).clientId, 'published')];
    const [seen, all] = [await listen(reviewer.token), await listen(member.token)];
    const ids = { notice: newId(), message: newId(), thread: newId(), agreement: newId(), application: newId(), creator: newId() };
    await say([
      { entity: 'campaign', id: draft }, { entity: 'campaign', id: foreign },
      { entity: 'notice', id: ids.notice, campaignId: own }, { entity: 'message', id: ids.message, campaignId: own }, { entity: 'thread', id: ids.thread },
      { entity: 'agreement', id: ids.agreement, campaignId: own }, { entity: 'creator', id: ids.creator },
      { entity: 'application', id: ids.application, campaignId: own }, { entity: 'application', id: newId(), campaignId: foreign },
      { entity: 'campaign', id: own },
    ]);
    await seen.until('their own campaign', ({ hints }) => hints.includes(`campaign ${own}`));
    await mark(all);
    expect(seen.hints.toSorted()).toEqual([`application ${ids.application}`, `campaign ${own}`]);
    expect(all.hints).toEqual(expect.arrayContaining([`notice ${ids.notice}`, `thread ${ids.thread}`, `campaign ${foreign}`]));
  });

  test('nobody hears of another workspace, and nobody without a token hears anything', async () => {
    const elsewhere = await aWorkspace(world, { name: 'Other' });
    const [here, there] = [await listen(), await listen(elsewhere.token)];
    await mark(here);
    await world.db.inWorkspace(elsewhere.scope, (tx) => hint(tx, { entity: 'workspace', id: elsewhere.workspaceId }));
    await there.until('its own', ({ hints }) => hints.length > 0);
    expect(there.hints).toEqual([`workspace ${elsewhere.workspaceId}`]);
    expect((await EventStream.open(`${world.url}/v1/live`)).status).toBe(401);
    expect((await EventStream.open(`${world.url}/v1/creator/live`, { token: world.workspace.token })).status).toBe(403);
  });
});

describe('a connection', () => {
  test('goes on at another process where it broke, and misses nothing', async () => {
    const first = await listen();
    await mark(first);
    first.close();
    const missed = [newId(), newId()];
    for (const id of missed) await say({ entity: 'creator', id });
    const second = await listen(undefined, { at: other.url, lastEventId: first.lastId });
    await second.until('what was missed', ({ hints }) => missed.every((id) => hints.includes(`creator ${id}`)));
    expect(second.events[0]?.event).toBe('ready');
    expect(second.has('resync')).toBe(false);
  });

  test('reads everything again after an id that nobody knows, or one too old', async () => {
    for (const lastEventId of ['17', 'x~1:2:~3']) expect((await listen(undefined, { lastEventId })).events[0]?.event).toBe('resync');
    const early = await listen();
    await mark(early);
    early.close();
    world.clock.advance(50 * 60_000);
    const late = await listen(undefined, { lastEventId: early.lastId });
    expect(late.events[0]?.event).toBe('resync');
  });

  test('beats while nothing happens, and is written for proxies', async () => {
    const stream = await listen();
    await stream.until('two beats', ({ comments }) => comments >= 2);
    expect(stream.lastId).toMatch(/~\d+:\d+:.*~\d+$/);
    const response = await fetch(`${world.url}/v1/live`, { headers: { authorization: `Bearer ${world.workspace.token}` } });
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    await response.body?.cancel();
  });

  test('ends with its token, its member, and its link', async () => {
    const [revoked, removed] = [await aMember(world, 'member'), await aMember(world, 'manager')];
    const creator = await aCreator(world);
    const { token: link } = await world.db.inWorkspace(world.scope, async (tx) =>
      mintLink(tx, { creatorId: creator.id, purpose: 'creator', expiresAt: new Date((await world.clock.now()).getTime() + 60_000) }));
    const streams = [await listen(revoked.token), await listen(removed.token), await listen(link, { path: '/v1/creator/live' })] as const;
    const stays = await listen();
    const { body: tokens } = await world.call('GET', '/v1/tokens?limit=200');
    const token = tokens.data.find((each: { memberId: string }) => each.memberId === revoked.memberId);
    expect((await world.call('DELETE', `/v1/tokens/${token.id}`)).status).toBe(204);
    await streams[0].until('its end', ({ ended }) => ended, 3_000);
    expect((await world.call('DELETE', `/v1/members/${removed.memberId}`)).status).toBe(204);
    await streams[1].until('its end', ({ ended }) => ended, 3_000);
    world.clock.advance(61_000);
    await streams[2].until('its end', ({ ended }) => ended, 3_000);
    expect(streams.map(({ events }) => events.at(-1)?.event)).toEqual(['closed', 'closed', 'closed']);
    expect(stays.ended).toBe(false);
    expect((await EventStream.open(`${world.url}/v1/live`, { token: removed.token })).status).toBe(401);
  });

  test('ends when its member becomes somebody who may hear less', async () => {
    const member = await aMember(world, 'manager');
    const { clientId } = await aClient(world);
    const stream = await listen(member.token);
    await world.call('PATCH', `/v1/members/${member.memberId}`, { body: { role: 'client-reviewer', clientId } });
    await stream.until('its end', ({ ended }) => ended, 3_000);
  });

  test('hears again after the database cut every listener, also of what came meanwhile', async () => {
    const stream = await listen();
    await world.rows(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sevenfold-listen' and datname = current_database()`);
    await mark(stream);
    expect(stream.has('resync')).toBe(false);
  });

  test('one caller may open many, and not any number', async () => {
    const member = await aMember(world, 'member');
    for (let i = 0; i < 30; i += 1) await listen(member.token);
    const refused = await world.call('GET', '/v1/live', { token: member.token });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  });

  test('a creator counts as looking while it is open', async () => {
    const creator = await aCreator(world);
    const stream = await listen(await aLink(world, creator.id), { path: '/v1/creator/live' });
    const present = () => world.rows('select id from creator_presence where creator_id = ?', [creator.id]);
    expect(await present()).toHaveLength(1);
    stream.close();
    await until(async () => (await present()).length === 0, { what: 'nobody looking' });
  });

  test('ends when its process does', async () => {
    const third = await secondProcess();
    const stream = await listen(undefined, { at: third.url });
    const began = performance.now();
    await third.close();
    await stream.until('its end', ({ ended }) => ended);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

test('reading what is read already tells nobody anything, so that readers do not call each other for ever', async () => {
  const creator = await aCreator(world, { hasApp: true });
  const link = await aLink(world, creator.id);
  await world.call('POST', '/v1/creator/thread', { token: link, body: { text: 'Hello' } });
  const { body: inbox } = await world.call('GET', `/v1/threads?creatorId=${creator.id}`);
  const path = `/v1/threads/${inbox.data[0].id}/read`;
  await world.call('POST', path);
  const stream = await listen();
  await world.call('POST', path);
  await world.call('POST', '/v1/creator/thread/read', { token: link, body: {} });
  await mark(stream);
  expect(stream.hints.filter((each) => !each.startsWith('workspace'))).toEqual([]);
});
