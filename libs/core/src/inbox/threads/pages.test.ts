import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import fc from 'fast-check';
import { listThreads, postAsCreator, queueMessage, searchThreads } from '../index.js';
import type { ThreadFilter } from './thread-filter.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
let world: MessagingWorld;
const creators: string[] = [];
beforeAll(async () => {
  world = await messagingWorld([app]);
  for (let index = 0; index < 12; index += 1) {
    const creatorId = await world.addCreator({ name: `Okapi ${index}`, hasApp: true });
    creators.push(creatorId);
    // Some at the same instant, whose order is that of their ids.
    world.clock.advance(index % 3 === 0 ? 1_000 : 0);
    await writes(creatorId);
  }
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const writes = (creatorId: string) => world.run((tx) => postAsCreator(tx, { creatorId, text: 'needle' }));
const product = (creatorId: string) =>
  world.run((tx) => queueMessage(tx, { creatorId, kind: 'chat', texts: { text: 'needle' }, dedupeKey: newId(), automatic: true, purpose: 'notice' }));
const read = (filter: ThreadFilter, q: string | undefined, limit: number, cursor?: string) => {
  const page = { limit, ...(cursor !== undefined && { cursor }) };
  return q === undefined ? world.run((tx) => listThreads(tx, page, filter)) : searchThreads(world, world.scope, q, page, filter);
};

const filters: fc.Arbitrary<ThreadFilter> = fc.constantFrom({}, { channel: 'in-app' }, { waiting: true }, { unread: true, assignee: 'none', snoozed: false }, { channel: 'in-app', waiting: true, overdue: false });
const queries = fc.constantFrom(undefined, 'needle', 'okapi', '"needle"', 'k');
/** Who is written to, or writes, after each page. */
const moves = fc.array(fc.array(fc.tuple(fc.nat(11), fc.boolean()), { maxLength: 3 }), { minLength: 4, maxLength: 4 });

test('while threads move up between the pages, none is met twice, and none that stayed is left out or out of order', async () => {
  await fc.assert(
    fc.asyncProperty(filters, queries, fc.integer({ min: 1, max: 5 }), moves, async (filter, q, limit, between) => {
      const before = (await read(filter, q, 200)).data.map(({ creator }) => creator.id);
      const [met, moved] = [[] as string[], new Set<string>()];
      for (let cursor: string | undefined, page = 0; ; page += 1) {
        const { data, nextCursor } = await read(filter, q, limit, cursor);
        met.push(...data.map(({ creator }) => creator.id));
        if (nextCursor === null) break;
        cursor = nextCursor;
        for (const [who, incoming] of between[page] ?? []) {
          const creatorId = creators[who] ?? '';
          world.clock.advance(1_000);
          moved.add(creatorId);
          await (incoming ? writes(creatorId) : product(creatorId));
        }
      }
      expect(new Set(met).size).toBe(met.length);
      const stayed = (id: string): boolean => !moved.has(id);
      expect(met.filter(stayed)).toEqual(before.filter(stayed));
      expect(before).toEqual(expect.arrayContaining(met));
    }),
    { numRuns: 40 },
  );
}, 120_000);
