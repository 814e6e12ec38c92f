import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import fc from 'fast-check';
import { postAsCreator, queueMessage } from '../index.js';
import { listThreads } from '../threads/list-threads.js';
import { usualEffort, type Effort } from './effort.js';
import { searchThreads } from './search-threads.js';
import { searchWords } from './words.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
const threads = 40;
/** Few letters, so that much is found; with what is special to patterns, and what is no letter of ASCII. */
const piece = fc.constantFrom('a', 'b', 'A', 'n', 'ä', 'Ä', 'ß', 'щ', ' ', ' ', '%', '_', '\\', "'", '-', '?', 'ban', 'Ana', 'ÄÖÜ');
const text = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => pieces.join('').trim() || 'x');
const word = fc.oneof({ weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')) }, fc.constantFrom('ban', 'Äöü', '"n A"', '"ban a"', 'nothere'));
const query = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const some = (max: number) => fc.integer({ min: 1, max });
const effort: fc.Arbitrary<Effort> = fc.oneof(
  fc.record({ near: some(8), dense: fc.integer({ min: 0, max: 4 }), far: some(20), tooMany: fc.integer({ min: 0, max: 40 }), thick: fc.integer({ min: 0, max: 10 }), along: some(20) }),
  fc.constant(usualEffort),
);
const filter = fc.constantFrom({}, { waiting: true }, { unread: false }, { channel: 'in-app' }, { channel: 'in-app', waiting: true }, { assignee: 'none', snoozed: false });

let world: MessagingWorld;
beforeAll(async () => {
  world = await messagingWorld([app]);
  const other = await world.addWorkspace();
  const [names = [], texts = []] = [fc.sample(text, { numRuns: threads, seed: 7 }), fc.sample(text, { numRuns: threads * 3, seed: 8 })];
  for (const [index, name] of names.entries()) {
    const workspaceId = index % 8 === 0 ? other : world.workspaceId;
    const creatorId = await world.addCreator({ name, hasApp: true }, workspaceId);
    for (const content of texts.slice(index * 3, index * 3 + 1 + (index % 3))) {
      // Some at the same instant, whose order is that of their ids.
      world.clock.advance(index % 3 === 0 ? 1_000 : 0);
      await world.db.inWorkspace({ ...world.scope, workspaceId }, async (tx) => {
        if (content.length % 3 > 0) await postAsCreator(tx, { creatorId, text: content });
        else await queueMessage(tx, { creatorId, kind: 'chat', texts: { subject: content.slice(0, 4), text: content.slice(2) || 'y' }, dedupeKey: newId(), automatic: false, purpose: 'conversation' });
      });
    }
  }
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

interface Row { thread_id: string; id: string; content: string }

/** Reads everything and compares it in JavaScript. */
async function naively(words: readonly string[], narrowed: object) {
  return world.run(async (tx) => {
    const { data } = await listThreads(tx, { limit: 1_000 }, narrowed);
    const rows = await tx.em.execute<Row[]>(`select thread_id, id, coalesce(subject || ' ', '') || text as content from message order by created_at desc, id desc`);
    // A phrase goes across whatever spaces there are.
    const has = (content: string) => words.every((each) => (each.includes(' ') ? content.replace(/\s+/g, ' ') : content).toLowerCase().includes(each.toLowerCase()));
    return data.flatMap((thread) => {
      const match = rows.find((row) => row.thread_id === thread.id && has(row.content));
      return match !== undefined || has(thread.creator.name) ? [{ id: thread.id, match: match?.id ?? null }] : [];
    });
  });
}

test('whichever way it is found, it is what a look at everything finds, in the order of the inbox, page by page', async () => {
  const ways = { found: 0, nothing: 0 };
  await fc.assert(
    fc.asyncProperty(query, filter, effort, fc.integer({ min: 1, max: 9 }), async (asked, narrowed, limits, limit) => {
      const words = searchWords(asked);
      fc.pre(words.length > 0);
      const expected = await naively(words, narrowed);
      const found: { id: string; match: string | null }[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await searchThreads(world, world.scope, asked, { limit, ...(cursor !== undefined && { cursor }) }, narrowed, limits);
        found.push(...page.data.map(({ id, match }) => ({ id, match: match?.messageId ?? null })));
        if (page.nextCursor === null) break;
        expect(page.data).toHaveLength(limit);
        cursor = page.nextCursor;
      }
      expect(found).toEqual(expected);
      ways[found.length > 0 ? 'found' : 'nothing'] += 1;
    }),
    { numRuns: 300 },
  );
  expect(ways.found).toBeGreaterThan(50);
  expect(ways.nothing).toBeGreaterThan(20);
}, 240_000);
