import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postAsCreator } from '@sevenfold/core/inbox';
import { newId } from '@sevenfold/platform/ids';
import { createRegistry } from '@sevenfold/plugin-sdk';
import { aClient, aCreator, aMember } from '@sevenfold/testing/factories';
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
    expect((await world.call('GET', '/v1/threads/counts')).body).toMatchObject({ unread: 1, waiting: 1, mine: 1, nobodys: 0, snoozed: 1 });
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
    expect(await change({})).toMatchObject({ status: 422 });
    expect(await world.call('PATCH', `/v1/threads/${newId()}`, { body: { assigneeId: null } })).toMatchObject({ status: 404 });
    expect(await world.call('GET', '/v1/threads?assignee=nobody')).toMatchObject({
      status: 422, body: { fields: [{ path: 'assignee', message: expect.stringMatching(/id of a member, `me` .* or `none`/) }] },
    });
    expect((await change({ snoozedUntil: 'tomorrow' })).body.fields[0].message).toBe('Give an instant with its zone, in UTC, such as 2026-05-01T09:00:00Z');
  });
});
