import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postAsCreator } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aMember, aWorkspace } from '@sevenfold/testing/factories';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { apiWorld, type ApiWorld } from './api-world.js';

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld({ plugins: createRegistry([fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } })]) });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const writes = async (name: string, text: string): Promise<string> => {
  const creator = await aCreator(world, { name, contactPoints: [] });
  await world.db.inWorkspace(world.scope, (tx) => postAsCreator(tx, { creatorId: creator.id, text }));
  const { body } = await world.call('GET', `/v1/threads?creatorId=${creator.id}`);
  return body.data[0].id;
};
const names = async (query: string) =>
  (await world.call('GET', `/v1/threads?${query}`)).body.data.map((each: { creator: { name: string } }) => each.creator.name);

describe('the inbox over REST', () => {
  test('is searched, given to a member, snoozed and settled', async () => {
    const [first, second] = [await writes('Ana', 'Where is my parcel?'), await writes('Bo', 'Thanks for the parcel')];
    expect((await names('q=parcel&waiting=true')).sort()).toEqual(['Ana', 'Bo']);
    expect((await world.call('GET', '/v1/threads?q=%22my%20parcel%22')).body.data).toMatchObject([{ id: first, match: { snippet: 'Where is my parcel?' } }]);

    const me = (await world.call('GET', '/v1/members')).body.data.find((each: { role: string }) => each.role === 'owner').id;
    const given = await world.call('PATCH', `/v1/threads/${first}`, { body: { assigneeId: me } });
    expect(given).toMatchObject({ status: 200, body: { assignee: { id: me } } });
    expect(await names('assignee=me')).toEqual(['Ana']);
    expect(await names('assignee=none')).toEqual(['Bo']);

    expect((await world.call('POST', `/v1/threads/${second}/no-answer-needed`)).body).toMatchObject({ waitingSince: null });
    const snoozedUntil = new Date((await world.clock.now()).getTime() + 3_600_000).toISOString();
    expect((await world.call('PATCH', `/v1/threads/${second}`, { body: { snoozedUntil } })).body).toMatchObject({ snoozedUntil });
    expect(await names('')).toEqual(['Ana']);
    expect(await names('snoozed=true')).toEqual(['Bo']);
    expect((await names('snoozed=all')).sort()).toEqual(['Ana', 'Bo']);
    expect((await world.call('GET', '/v1/threads/counts')).body).toMatchObject({ unread: 1, waiting: 1, overdue: 0, mine: 1, nobodys: 0, snoozed: 1 });
    world.clock.advance(24 * 3_600_000);
    expect((await world.call('GET', '/v1/threads/counts')).body).toMatchObject({ overdue: 1 });
    expect(await names('overdue=true')).toEqual(['Ana']);
    expect((await world.call('POST', `/v1/threads/${first}/read`)).body).toMatchObject({ unread: 0 });
    expect(await world.call('POST', `/v1/threads/${first}/unread`)).toMatchObject({ status: 200, body: { id: first, unread: 1 } });
    expect(await names('unread=true')).toContain('Ana');
  });

  test('says what is wrong with a change, by field', async () => {
    const id = await writes('Cy', 'hello');
    const reviewer = await aMember(world, 'client-reviewer', await aClient(world));
    const change = (body: object) => world.call('PATCH', `/v1/threads/${id}`, { body });
    for (const [body, path] of [
      [{ assigneeId: newId() }, 'assigneeId'], [{ assigneeId: reviewer.memberId }, 'assigneeId'], [{ snoozedUntil: '2020-01-01T00:00:00Z' }, 'snoozedUntil'],
      [{ snoozedUntil: 'soon' }, 'snoozedUntil'],
    ] as const) {
      expect(await change(body)).toMatchObject({ status: 422, body: { code: 'invalid_fields', fields: [{ path }] } });
    }
    expect((await change({ assigneeId: newId(), snoozedUntil: '2020-01-01T00:00:00Z' })).body.fields).toEqual([
      { path: 'assigneeId', message: 'There is no such member' }, { path: 'snoozedUntil', message: 'Choose an instant in the future' },
    ]);
    expect(await change({})).toMatchObject({ status: 422 });
    expect(await world.call('PATCH', `/v1/threads/${newId()}`, { body: { assigneeId: null } })).toMatchObject({ status: 404 });
    expect(await world.call('GET', '/v1/threads?assignee=nobody')).toMatchObject({
      status: 422, body: { fields: [{ path: 'assignee', message: expect.stringMatching(/id of a member, `me` .* or `none`/) }] },
    });
    for (const query of ['channel=pager', 'channel=pager&q=hello', 'channel=IN-APP']) {
      expect(await world.call('GET', `/v1/threads?${query}`)).toMatchObject({ status: 422, body: { fields: [{ path: 'channel', message: 'There is no such channel; there are: in-app' }] } });
    }
    // As in every list, an id that nobody has is no mistake of the caller's: somebody may have just erased it.
    for (const filter of ['campaignId', 'clientId', 'creatorId', 'assignee']) {
      expect(await world.call('GET', `/v1/threads?${filter}=${newId()}`)).toMatchObject({ status: 200, body: { data: [], nextCursor: null } });
    }
    for (const key of ['1', '2026-02-30T00:00:00.000Z']) {
      const cursor = Buffer.from(`${key}|${id}`).toString('base64url');
      for (const q of ['', '&q=hello']) expect(await world.call('GET', `/v1/threads?cursor=${cursor}${q}`)).toMatchObject({ status: 422, body: { fields: [{ path: 'cursor' }] } });
    }
    expect((await change({ snoozedUntil: 'tomorrow' })).body.fields[0].message).toBe('Give an instant with its zone, in UTC, such as 2026-05-01T09:00:00Z');
  });
});

test('is not for client reviewers, and not for other workspaces', async () => {
  const id = await writes('Di', 'hello');
  const reviewer = await aMember(world, 'client-reviewer', await aClient(world));
  const stranger = await aWorkspace(world, { owner: { name: 'Op', email: 'op@other.test' } });
  for (const [method, path, body] of [
    ['GET', ''], ['GET', '/counts'], ['GET', `/${id}`], ['GET', `/${id}/messages`], ['POST', `/${id}/messages`, { text: 'x' }], ['POST', `/${id}/read`], ['POST', `/${id}/unread`],
    ['POST', `/${id}/no-answer-needed`], ['PATCH', `/${id}`, { assigneeId: null }],
  ] as const) {
    expect((await world.call(method, `/v1/threads${path}`, { token: reviewer.token, ...(body && { body }) })).status).toBe(403);
    if (path.includes(id)) expect((await world.call(method, `/v1/threads${path}`, { token: stranger.token, ...(body && { body }) })).status).toBe(404);
  }
  expect((await world.call('GET', '/v1/threads?q=hello', { token: stranger.token })).body.data).toEqual([]);
});
