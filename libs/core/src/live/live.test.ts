import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import pg from 'pg';
import { cleanUp } from '../engine/clean-up.js';
import { outbox, outboxChannel } from '../engine/outbox.js';
import { formatPosition, hint, LiveFeed, parsePosition, type LiveRead, type Position } from './index.js';

let world: MessagingWorld;
let feed: LiveFeed;
beforeAll(async () => {
  world = await messagingWorld([]);
}, 120_000);
beforeEach(() => {
  feed = new LiveFeed(world.system);
});
afterAll(() => world[Symbol.asyncDispose]());

const say = (id: string) => world.run((tx) => hint(tx, { entity: 'thread', id, version: 1 }));
const ids = ({ events }: LiveRead) => events?.map(({ id }) => id);

describe('the feed', () => {
  test('tells each hint once, also one whose transaction began first and committed last', async () => {
    const [early, late, after] = [newId(), newId(), newId()];
    const start = await feed.now();
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let written = (): void => undefined;
    const began = new Promise<void>((resolve) => (written = resolve));
    const slow = world.run(async (tx) => {
      await hint(tx, { entity: 'thread', id: early });
      await tx.em.execute('select pg_current_xact_id()'); // its number comes with its first write
      written();
      await held;
    });
    await began;
    await say(late);
    const first = await feed.since(start);
    expect(ids(first)).toEqual([late]);
    await say(after);
    commit();
    await slow;
    const second = await feed.since(first.position);
    expect(new Set(ids(second))).toEqual(new Set([early, after]));
    expect(ids(await feed.since(second.position))).toEqual([]);
    // Whoever goes on from the beginning has all three.
    expect(new Set(ids(await feed.since(start)))).toEqual(new Set([early, late, after]));
  });

  test('tells nothing of what was rolled back, and everything from many writers at once exactly once', async () => {
    let position = await feed.now();
    await expect(world.run(async (tx) => {
      await hint(tx, { entity: 'thread', id: newId() });
      throw new Error('no');
    })).rejects.toThrow('no');
    const wanted = Array.from({ length: 60 }, () => newId());
    const heard: string[] = [];
    let writing = true;
    const writers = Promise.all(Array.from({ length: 6 }, async (_, lane) => {
      for (const id of wanted.slice(lane * 10, lane * 10 + 10)) await say(id);
    })).finally(() => (writing = false));
    const look = async (): Promise<void> => {
      const read = await feed.since(position);
      position = read.position;
      heard.push(...(ids(read) ?? []));
    };
    while (writing) await look();
    await writers;
    await look();
    expect(heard.toSorted()).toEqual(wanted.toSorted());
  });

  test('carries what decides who may hear it, and reads one workspace alone when told', async () => {
    const other = await world.addWorkspace();
    const campaignId = await world.addCampaign();
    const creatorId = await world.addCreator();
    const start = await feed.now();
    await world.run((tx) => hint(tx, [{ entity: 'campaign', id: campaignId, version: 7 }, { entity: 'message', id: newId(), creatorId }]));
    await world.db.inWorkspace({ ...world.scope, workspaceId: other }, (tx) => hint(tx, { entity: 'notice', id: newId() }));
    const { events } = await feed.since(start);
    expect(events?.find(({ entity }) => entity === 'campaign')).toMatchObject({
      id: campaignId, version: 7, campaignId, workspaceId: world.workspaceId, clientId: null, campaignShown: true,
    });
    expect(events?.find(({ entity }) => entity === 'message')).toMatchObject({ creatorId, version: null });
    expect(ids(await feed.since(start, other))).toHaveLength(1);
  });

  test('says "read everything again" after too long, too much, or in another database', async () => {
    const start = await feed.now();
    const again = async (position: Position) => (await feed.since(position)).events;
    expect(await again({ ...start, epoch: 'elsewhere' })).toBeNull();
    await world.run((tx) => hint(tx, Array.from({ length: 2_001 }, () => ({ entity: 'message' as const, id: newId() }))));
    expect(await again(start)).toBeNull();
    world.clock.advance(46 * 60_000);
    expect(await again(start)).toBeNull();
    expect(await again(await feed.now())).toEqual([]);
  });

  test('what nobody can ask for any more is cleaned up', async () => {
    await say(newId());
    world.clock.advance(61 * 60_000);
    await say(newId());
    expect((await cleanUp(world.system)).live).toBeGreaterThan(0);
    expect(await world.rows('select id from live_hint')).toHaveLength(1);
  });
});

test('a position reads back as it was written, a crowded one as its beginning, nonsense as nothing', () => {
  const position = { epoch: '7456.16384', snapshot: '100:104:100,102', at: 1_700_000_000_000 };
  expect(parsePosition(formatPosition(position))).toEqual(position);
  const crowded = { ...position, snapshot: `100:900:${Array.from({ length: 200 }, (_, i) => 100 + i).join(',')}` };
  expect(parsePosition(formatPosition(crowded))).toEqual({ ...position, snapshot: '100:100:' });
  expect(['', '5', 'x~1:2:~y', `a~${'1'.repeat(40)}:1:~1`, "a~1:1:'~1"].map(parsePosition)).toEqual([null, null, null, null, null]);
});

test('one transaction rings once, whatever it says and to whom, and a quiet one not at all', async () => {
  const client = new pg.Client({ connectionString: world.database.systemUrl });
  await client.connect();
  let rings = 0;
  client.on('notification', () => (rings += 1));
  await client.query(`listen ${outboxChannel}`);
  await world.run((tx) => hint(tx, { entity: 'broadcast', id: newId() }, { quiet: true }));
  await client.query('select 1');
  expect(rings).toBe(0);
  await world.run(async (tx) => {
    await hint(tx, { entity: 'thread', id: newId() });
    await outbox(tx, 'due.changed', {});
    await hint(tx, { entity: 'thread', id: newId() });
  });
  await client.query('select 1');
  expect(rings).toBe(1);
  await client.end();
});
