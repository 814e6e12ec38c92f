import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { peopleWorld, terms, type PeopleWorld } from '@sevenfold/testing/people';
import ExcelJS from 'exceljs';
import { getCollaboration, listCollaborations } from '../collaborations/index.js';
import {
  addressesSheet, deleteCreatorAddress, enteredAt, enterForCampaign, listCreatorAddresses, openJson, putCreatorAddress, sealJson, type PostalAddress,
} from './index.js';
import { cellText } from './spreadsheet-text.js';

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.set(new Date('2026-11-23T09:00:00Z')));

const address: PostalAddress = { legalName: 'Canary Muster', street: 'Keizersgracht 1', postalCode: '1015 AA', city: 'Amsterdam', country: 'NL' };
const enter = (campaignId: string, creatorId: string, change: Partial<PostalAddress> = {}) =>
  world.db.inWorkspace(world.asCreator(creatorId), (tx) => enterForCampaign(tx, { campaignId, creatorId, address: { ...address, ...change } }));
const visible = (creatorId: string) => world.db.inWorkspace(world.manager, (tx) => listCreatorAddresses(tx, creatorId));
const sheet = (campaignId: string) => world.db.inWorkspace(world.manager, (tx) => addressesSheet(tx, campaignId));

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Uint8Array.from(bytes).buffer);
  const found: string[][] = [];
  book.worksheets[0]?.eachRow((row) => found.push((row.values as (string | undefined)[]).slice(1).map((value) => value ?? '')));
  return found;
}

/** A campaign before its start: one signed, one not. */
async function almostStarted() {
  const campaignId = await world.addPublished({ terms });
  const inside = await world.selected(campaignId, 'Inside');
  const outside = await world.selected(campaignId, 'Outside');
  const sent = await world.send(campaignId);
  await world.sign(sent[inside.creatorId] ?? '', inside.creatorId);
  return { campaignId, inside: inside.creatorId, outside: outside.creatorId };
}

async function start(campaignId: string): Promise<void> {
  await world.command('close', campaignId);
  const outcome = await world.command('start', campaignId);
  if (!outcome.ok) throw new Error(outcome.code);
}

describe('what a creator enters for a campaign', () => {
  test('is nowhere in the clear, and closed to the team until the start; then the group’s opens and nobody else’s', async () => {
    const { campaignId, inside, outside } = await almostStarted();
    await enter(campaignId, inside);
    await enter(campaignId, outside, { legalName: 'Canary Outside' });
    expect(await visible(inside)).toEqual([]);
    await expect(sheet(campaignId)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'published' } });
    const tables = await world.rows<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'mikro%'`);
    for (const { name } of tables) {
      const [found] = await world.rows<{ hits: number }>(`select count(*)::int as hits from ${name} t where t::text ilike '%canary%' or t::text ilike '%keizersgracht%'`).catch(() => [{ hits: 0 }]);
      expect([name, found?.hits]).toEqual([name, 0]);
    }
    await start(campaignId);
    expect(await visible(inside)).toMatchObject([{ source: 'start', campaignId, address }]);
    expect(await visible(outside)).toEqual([]);
    const group = await world.db.inWorkspace(world.manager, (tx) => listCollaborations(tx, campaignId, { limit: 10 }));
    expect(group.data.map(({ creator }) => creator.name)).toEqual(['Inside']);
    const [one] = group.data;
    expect(await world.db.inWorkspace(world.manager, (tx) => getCollaboration(tx, one?.id ?? ''))).toMatchObject({ addresses: [{ address: { city: 'Amsterdam' } }] });
  });

  test('needs an application, can be corrected, also by the group after the start', async () => {
    const { campaignId, inside, outside } = await almostStarted();
    await expect(enter(campaignId, await world.addCreator())).rejects.toMatchObject({ code: 'not_found' });
    await enter(campaignId, inside);
    await enter(campaignId, inside, { city: 'Haarlem' });
    await start(campaignId);
    expect(await visible(inside)).toMatchObject([{ address: { city: 'Haarlem' } }]);
    await enter(campaignId, inside, { city: 'Leiden' });
    expect(await visible(inside)).toMatchObject([{ address: { city: 'Leiden' } }]);
    await expect(enter(campaignId, outside)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'started' } });
    expect(await world.db.inWorkspace(world.asCreator(inside), (tx) => enteredAt(tx, { campaignId, creatorId: inside }))).toBe('2026-11-23T09:00:00.000Z');
  });

  test('opens nothing in another row: sealed for its creator, under their own key', async () => {
    const [one, two] = [await world.addCreator(), await world.addCreator()];
    const sealed = await world.run((tx) => sealJson(tx, { creatorId: one }, 'address:x', { a: 1 }));
    expect(await world.run((tx) => openJson(tx, { creatorId: one }, 'address:x', sealed))).toEqual({ a: 1 });
    await expect(world.run((tx) => openJson(tx, { creatorId: one }, 'address:y', sealed))).rejects.toThrow();
    await world.run((tx) => sealJson(tx, { creatorId: two }, 'address:x', {}));
    await expect(world.run((tx) => openJson(tx, { creatorId: two }, 'address:x', sealed))).rejects.toThrow();
    await world.rows('update data_key set wrapped = null where creator_id = ?', [one]);
    await expect(world.run((tx) => openJson(tx, { creatorId: one }, 'address:x', sealed))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('two at the same moment share one key', async () => {
    const creatorId = await world.addCreator();
    const sealed = await Promise.all(Array.from({ length: 6 }, (_, n) => world.run((tx) => sealJson(tx, { creatorId }, 'p', n))));
    expect(await Promise.all(sealed.map((each) => world.run((tx) => openJson(tx, { creatorId }, 'p', each))))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('what the team typed', () => {
  test('is visible at any time, one per creator, and stays beside what a start opened', async () => {
    const { campaignId, inside } = await almostStarted();
    const put = (city: string) => world.db.inWorkspace(world.manager, (tx) => putCreatorAddress(tx, { creatorId: inside, address: { ...address, city } }));
    await put('Utrecht');
    expect(await put('Delft')).toMatchObject([{ source: 'team', campaignId: null, address: { city: 'Delft' } }]);
    await enter(campaignId, inside);
    await start(campaignId);
    expect((await visible(inside)).map(({ source }) => source).sort()).toEqual(['start', 'team']);
    await world.db.inWorkspace(world.manager, (tx) => deleteCreatorAddress(tx, inside));
    expect((await visible(inside)).map(({ source }) => source)).toEqual(['start']);
    await expect(world.db.inWorkspace(world.manager, (tx) => deleteCreatorAddress(tx, inside))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the spreadsheet', () => {
  test('has the group and nobody else, and no formulas', async () => {
    const { campaignId, inside } = await almostStarted();
    await enter(campaignId, inside, { legalName: '=HYPERLINK("http://evil","x")', street: '+31 1', addition: '@SUM(1)', city: ' -1+1' });
    await start(campaignId);
    const [head, ...rows] = await rowsOf((await sheet(campaignId)).bytes);
    expect(head?.slice(0, 3)).toEqual(['Creator', 'Legal name', 'Street']);
    expect(rows).toEqual([['Inside', `'=HYPERLINK("http://evil","x")`, "'+31 1", "'@SUM(1)", '1015 AA', "' -1+1", '', 'NL', 'entered by the creator']]);
    expect(await world.rows(`select 1 from audit_entry where action = 'personal-data.exported' and campaign_id = ?`, [campaignId])).toHaveLength(1);
  });

  test.each([['=1', "'=1"], ['\t=1', "'\t=1"], ['\r\n@x', "'\r\n@x"], ['＝1', "'＝1"], ['plain', 'plain'], ['a=1', 'a=1'], ['a\u0000b', 'ab'], ['', '']])('cell %j', (text, cell) => {
    expect(cellText(text)).toBe(cell);
  });
});

test('nothing of it exists in another workspace', async () => {
  const { inside } = await almostStarted();
  await world.db.inWorkspace(world.manager, (tx) => putCreatorAddress(tx, { creatorId: inside, address }));
  const elsewhere = { workspaceId: await world.addWorkspace(), actor: world.manager.actor };
  await expect(world.db.inWorkspace(elsewhere, (tx) => listCreatorAddresses(tx, inside))).rejects.toMatchObject({ code: 'not_found' });
  // With the query's own filter off, too.
  const seen = await world.db.inWorkspace(elsewhere, (tx) => tx.em.execute<{ n: number }[]>(
    `select (select count(*) from creator_address)::int + (select count(*) from campaign_entry)::int + (select count(*) from application)::int
       + (select count(*) from agreement)::int + (select count(*) from data_key)::int + (select count(*) from collaboration)::int as n`,
  ));
  expect(seen).toEqual([{ n: 0 }]);
});
