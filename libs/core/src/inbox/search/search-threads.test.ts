import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeChannel } from '@sevenfold/testing/fakes';
import { messagingWorld, type MessagingWorld } from '@sevenfold/testing/messaging';
import { postAsCreator, queueMessage } from '../index.js';
import { searchThreads } from './search-threads.js';

const app = fakeChannel({ channel: 'in-app', traits: { needsAppSession: true, repeatHarmless: true } });
let world: MessagingWorld;
let other: string;
beforeAll(async () => {
  world = await messagingWorld([app]);
  other = await world.addWorkspace();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const write = async (creatorId: string, text: string, workspaceId = world.workspaceId) => {
  world.clock.advance(1_000);
  await world.db.inWorkspace({ ...world.scope, workspaceId }, (tx) => postAsCreator(tx, { creatorId, text }));
};
const search = (query: string, page: { limit: number; cursor?: string } = { limit: 50 }, filter = {}) =>
  searchThreads(world, world.scope, query, page, filter);
const names = async (query: string) => (await search(query)).data.map(({ creator }) => creator.name);

describe('searching the inbox', () => {
  test('finds words in any order and case, parts of words, phrases, subjects and names; the latest thread first', async () => {
    const ana = await world.addCreator({ name: 'Ana Mirković', hasApp: true });
    const bob = await world.addCreator({ name: 'Bob', hasApp: true });
    await write(ana, 'About the Contract: is the fee final?');
    await write(bob, 'A fee for contractors, 100% final_');
    await write(ana, 'Something else');
    expect(await names('fee contract')).toEqual(['Ana Mirković', 'Bob']);
    expect(await names('"the fee"')).toEqual(['Ana Mirković']);
    expect(await names('ontrac')).toEqual(['Ana Mirković', 'Bob']);
    expect(await names('mirkov')).toEqual(['Ana Mirković']);
    expect(await names('100%')).toEqual(['Bob']);
    expect(await names('1%0')).toEqual([]);
    expect(await names('al_')).toEqual(['Bob']);
    expect(await names('  ')).toEqual([]);
    await world.run((tx) => queueMessage(tx, { creatorId: bob, kind: 'chat', texts: { subject: 'Zebra', text: 'x' }, dedupeKey: newId(), automatic: true, purpose: 'notice' }));
    const [found] = (await search('zebra')).data;
    expect(found).toMatchObject({ creator: { name: 'Bob' }, match: { snippet: 'Zebra · x' } });
    expect((await search('mirkov')).data[0]?.match).toBeNull();
  });

  test('finds letters with marks however they are written, and phrases across lines and spaces of any kind', async () => {
    const zoe = await world.addCreator({ name: 'Zoe\u0308  von Mu\u0308ller', hasApp: true });
    const ida = await world.addCreator({ name: 'Ida Brûlé', hasApp: true });
    await write(zoe, 'U\u0308bermorgen kommt der gru\u0308ne\n> spring\r\nsale (a+b)\u00a0100%_ off');
    await write(ida, 'Übermorgen passt');
    for (const query of ['übermorgen', 'U\u0308BERMORGEN']) expect(await names(query)).toEqual(['Ida Brûlé', 'Zoe\u0308  von Mu\u0308ller']);
    for (const query of ['Zoë', 'zoe\u0308', '"zoë von müller"', '"spring sale"', '"SALE (a+b) 100%_"', '"grüne > spring" off']) {
      expect(await names(query)).toEqual(['Zoe\u0308  von Mu\u0308ller']);
    }
    expect(await names('bru\u0302le\u0301')).toEqual(['Ida Brûlé']);
    for (const query of ['"sale spring"', '"sale (aab) 100"', '"sale .* off"', '"100 _"']) expect(await names(query)).toEqual([]);
  });

  test('takes every sign for itself, in words, phrases and names', async () => {
    const signs = ['*', '***:', '(?i)', '[[:<:]]', '{2}', '|', '^', '$', '.', '+', '\\d', '\\', '?', '%', '_', "'", ')', ']', '}', '/', '#', ':'];
    const name = `ë ${signs.join(' ')} end`;
    await write(await world.addCreator({ name, hasApp: true }), `ö ${signs.join(' ')} end ${signs.map((sign) => `ö${sign}`).join(' ')}`);
    for (const sign of signs) {
      for (const query of [`ö${sign}`, `"${sign} "`, `"${signs.join(' ')} end"`, `"ë ${signs.slice(0, 4).join(' ')}"`]) expect(await names(query)).toContain(name);
    }
    for (const query of ['ö.x', '"ö .* end"', '"* end"', 'ö|zzz', '"zzz | ö"', 'ö{1}', '"end $"']) expect(await names(query)).not.toContain(name);
  });

  test('never finds what another workspace was told', async () => {
    const theirs = await world.addCreator({ name: 'Foreign', hasApp: true }, other);
    await write(theirs, 'unmistakable giraffe', other);
    expect(await names('giraffe')).toEqual([]);
    expect(await names('gi')).toEqual([]);
    expect(await names('Foreign')).toEqual([]);
  });

  test('narrows with the other filters and pages without a gap, whether the words are rare or too many to collect', async () => {
    for (let index = 0; index < 7; index += 1) await write(await world.addCreator({ name: `N${index}`, hasApp: true }), 'weekly okapi ok');
    for (const query of ['okapi', 'ok']) {
      const pages: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await search(query, { limit: 3, ...(cursor !== undefined && { cursor }) }, { waiting: true });
        pages.push(...page.data.map(({ creator }) => creator.name));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(pages).toEqual(['N6', 'N5', 'N4', 'N3', 'N2', 'N1', 'N0']);
    }
    expect((await search('okapi', { limit: 5 }, { waiting: false })).data).toEqual([]);
  });
});

test('the index of this database knows letters beyond those of ASCII', async () => {
  const [row] = await world.rows<{ known: number }>(`select cardinality(show_trgm('привет')) as known`);
  // Where it does not, such words are still found, by looking at everything: see docs/operate.md.
  expect(row?.known).toBeGreaterThan(0);
});
