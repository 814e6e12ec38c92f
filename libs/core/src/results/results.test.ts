import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PostFigures, SocialPlugin } from '@sevenfold/plugin-sdk';
import { fakeSocial } from '@sevenfold/testing/fakes';
import { peopleWorld, terms, type PeopleWorld } from '@sevenfold/testing/people';
import { addParcel, getCollaboration, ownCollaborations, sendGroupMessage } from '../collaborations/index.js';
import { sweepDue } from '../engine/index.js';
import { addResult, changeResult, getResult, listCampaignResults, pullFigures, resultsDueHandlers } from './index.js';

const day = 24 * 3_600_000;
let told: PostFigures = { figures: {}, missing: {}, fetchedAt: new Date(0) };
const asked: unknown[] = [];
const instagram: SocialPlugin = {
  ...fakeSocial('instagram'),
  figures: ['likes', 'reach'],
  fetchPostFigures: async (request) => {
    asked.push(request);
    return told;
  },
};

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld({ socials: [instagram] });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  told = { figures: {}, missing: {}, fetchedAt: new Date(0) };
  asked.length = 0;
});

const figures = [
  { platform: 'instagram', metric: 'likes' as const, why: 'To see what works', dueAfterDays: 2, how: 'Below the post' },
  { platform: 'instagram', metric: 'reach' as const, why: 'The client asks', dueAfterDays: 2, how: 'Insights' },
  { platform: 'instagram', metric: 'saves' as const, why: 'The client asks', dueAfterDays: 7, how: 'Insights' },
];

/** A started campaign with a group of `names`. */
async function started(...names: string[]) {
  const campaignId = await world.addPublished({ terms, figures });
  const people = [];
  for (const name of names) people.push(await world.selected(campaignId, name));
  const sent = await world.send(campaignId);
  for (const { creatorId } of people) await world.sign(sent[creatorId] ?? '', creatorId);
  await world.command('close', campaignId);
  await world.command('start', campaignId);
  const group = await world.rows<{ id: string; creator_id: string }>('select id, creator_id from collaboration where campaign_id = ?', [campaignId]);
  return { campaignId, group: people.map(({ creatorId }) => ({ creatorId, id: group.find((each) => each.creator_id === creatorId)?.id ?? '' })) };
}

const add = (collaborationId: string, creatorId: string, given: Record<string, number> = {}, postUrl = 'https://www.instagram.com/p/abc/') =>
  world.db.inWorkspace(world.asCreator(creatorId), (tx) =>
    addResult(tx, { collaborationId, platform: 'instagram', postUrl, figures: given }),
  );
const view = (resultId: string) => world.db.inWorkspace(world.manager, (tx) => getResult(tx, resultId));
const messages = (creatorId: string, campaignId: string) =>
  world.rows<{ kind: string; text: string }>(`select kind, text from message where creator_id = ? and campaign_id = ? and kind like 'results%' order by created_at, id`, [creatorId, campaignId]);
const warnings: object[] = [];
const sweep = () => sweepDue({ system: world.system, db: world.db, handlers: resultsDueHandlers, logger: { warn: (line: object) => warnings.push(line) } as never });

describe('results', () => {
  test('belong to the group alone; each figure shows its source', async () => {
    const { campaignId, group: [one, two] } = await started('One', 'Two');
    const { resultId } = await add(one!.id, one!.creatorId, { reach: 100 });
    await expect(add(one!.id, two!.creatorId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(add(one!.id, one!.creatorId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(world.db.inWorkspace(world.asCreator(two!.creatorId), (tx) => changeResult(tx, { resultId, figures: { reach: 1 } }))).rejects.toMatchObject({ code: 'not_found' });
    told = { figures: { likes: 40 }, missing: { reach: 'needs_creator_access' }, fetchedAt: new Date() };
    expect(await pullFigures(world.db, world.manager, resultId)).toEqual({ metrics: ['likes'], gaps: { reach: 'needs_creator_access' } });
    await world.db.inWorkspace(world.manager, (tx) => changeResult(tx, { resultId, figures: { reach: 120 } }));
    const mine = (given: object) => world.db.inWorkspace(world.asCreator(one!.creatorId), (tx) => changeResult(tx, { resultId, figures: given }));
    await expect(mine({ likes: 1_000_000, reach: 7 })).rejects.toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'figures.likes' }, { path: 'figures.reach' }] } });
    expect(await view(resultId)).toMatchObject({
      figures: { likes: { value: 40, source: { kind: 'platform', platform: 'instagram' } }, reach: { value: 120, source: { kind: 'team' } } },
      missing: [{ metric: 'saves', how: 'Insights', dueAt: '2026-11-30T09:00:00.000Z' }],
    });
    told = { figures: { likes: 41, reach: 1 }, missing: {}, fetchedAt: new Date() };
    await pullFigures(world.db, world.manager, resultId);
    expect((await view(resultId)).figures).toMatchObject({ likes: { value: 41 }, reach: { value: 120 } });
    expect(await world.db.inWorkspace(world.manager, (tx) => listCampaignResults(tx, campaignId))).toMatchObject([{ creator: { name: 'One' } }]);
  });

  test('are asked for when due, after the platform was asked, only for the rest, and reminded of once', async () => {
    const { campaignId, group: [one] } = await started('Mia');
    const postUrl = 'https://www.instagram.com/p/due/';
    const { resultId } = await add(one!.id, one!.creatorId, {}, postUrl);
    await sweep();
    expect(await messages(one!.creatorId, campaignId)).toEqual([]);
    told = { figures: { likes: 40 }, missing: {}, fetchedAt: new Date() };
    world.clock.advance(2 * day);
    await sweep();
    await sweep();
    const pulls = asked.filter((request) => JSON.stringify(request).includes(postUrl));
    expect(pulls).toEqual([{ postUrl, metrics: ['likes', 'reach', 'saves'] }]);
    let heard = await messages(one!.creatorId, campaignId);
    expect(heard.map(({ kind }) => kind)).toEqual(['results-request']);
    expect(heard[0]?.text).toContain('reach on instagram');
    expect(heard[0]?.text).toContain('[personal link]');
    for (const absent of ['likes', 'saves']) expect(heard[0]?.text).not.toContain(absent);
    world.clock.advance(3 * day);
    await sweep();
    await sweep();
    heard = await messages(one!.creatorId, campaignId);
    expect(heard.map(({ kind }) => kind)).toEqual(['results-request', 'results-reminder']);
    expect(heard[1]?.text).not.toContain('saves');
    // On the seventh day only the third figure is new; the other was asked and reminded of.
    world.clock.advance(2 * day);
    await sweep();
    heard = await messages(one!.creatorId, campaignId);
    expect(heard.map(({ kind }) => kind)).toEqual(['results-request', 'results-reminder', 'results-request']);
    expect(heard[2]?.text).toContain('saves');
    expect(heard[2]?.text).not.toContain('reach');
    await world.db.inWorkspace(world.asCreator(one!.creatorId), (tx) => changeResult(tx, { resultId, figures: { reach: 9, saves: 3 } }));
    world.clock.advance(30 * day);
    await sweep();
    expect(await messages(one!.creatorId, campaignId)).toHaveLength(3);
    expect(warnings).toEqual([]);
  });

  test('a first post is asked for and reminded of once; nothing is asked any more when the campaign is finished', async () => {
    const { campaignId, group: [one, two] } = await started('One', 'Two');
    world.clock.set(new Date('2026-12-25T09:00:00Z'));
    await sweep();
    const heard = await messages(one!.creatorId, campaignId);
    expect(heard).toMatchObject([{ kind: 'results-request', text: expect.stringContaining('the address of your post on instagram') }]);
    await add(two!.id, two!.creatorId, { likes: 1, reach: 1, saves: 1 });
    world.clock.advance(4 * day);
    await sweep();
    expect((await messages(one!.creatorId, campaignId)).map(({ kind }) => kind)).toEqual(['results-request', 'results-reminder']);
    expect((await messages(two!.creatorId, campaignId)).map(({ kind }) => kind)).toEqual(['results-request']);
    const other = await started('Late');
    await world.command('finish', other.campaignId);
    world.clock.advance(60 * day);
    await sweep();
    expect(await messages(other.group[0]!.creatorId, other.campaignId)).toEqual([]);
    expect(await world.rows(`select distinct outcome from due_item d where ref_id = ?`, [other.group[0]!.id])).toEqual([{ outcome: 'finished' }]);
  });
});

describe('the group', () => {
  test('gets a message each in their own thread, once per request', async () => {
    const { campaignId, group } = await started('One', 'Two');
    const outsider = await world.addCreator();
    const send = () => world.db.inWorkspace(world.manager, (tx) => sendGroupMessage(tx, { campaignId, text: 'Parcels leave today', dedupeKey: campaignId }));
    const sent = await send();
    expect(sent.recipients).toBe(2);
    expect((await send()).broadcastId).toBe(sent.broadcastId);
    const rows = await world.rows<{ creator_id: string; text: string }>(`select creator_id, text from message where campaign_id = ? and kind = 'group'`, [campaignId]);
    expect(rows.map((row) => row.creator_id).sort()).toEqual(group.map(({ creatorId }) => creatorId).sort());
    expect(rows[0]?.text).toContain('Parcels leave today');
    expect(rows.some((row) => row.creator_id === outsider)).toBe(false);
    const early = await world.addPublished();
    await expect(world.db.inWorkspace(world.manager, (tx) => sendGroupMessage(tx, { campaignId: early, text: 'x', dedupeKey: early }))).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('sees its parcels', async () => {
    const { group: [one] } = await started('One');
    await world.db.inWorkspace(world.manager, (tx) => addParcel(tx, { collaborationId: one!.id, carrier: 'PostNL', trackingCode: '3S123', sentOn: '2026-11-24' }));
    expect(await world.db.inWorkspace(world.manager, (tx) => getCollaboration(tx, one!.id))).toMatchObject({ parcels: [{ carrier: 'PostNL', sentOn: '2026-11-24' }], addresses: [] });
    expect(await world.db.inWorkspace(world.asCreator(one!.creatorId), (tx) => ownCollaborations(tx, one!.creatorId))).toMatchObject([
      { parcels: [{ trackingCode: '3S123' }], campaign: { figures: [{ metric: 'likes', how: 'Below the post' }, {}, {}] } },
    ]);
  });
});
