import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { campaignWorld, type CampaignWorld } from '@sevenfold/testing/campaigns';
import { newId } from '@sevenfold/platform/ids';
import { campaignSnapshot } from './snapshot.js';
import { getCampaign } from './get-campaign.js';
import { previewStart } from './preview-start.js';
import { updateCampaign } from './update-campaign.js';
import { deleteDraft } from './delete-draft.js';

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.set(new Date('2026-11-23T09:00:00Z')));

const campaign = (id: string) => world.db.inWorkspace(world.manager, (tx) => getCampaign(tx, id));
const kinds = async (campaignId: string) =>
  (await world.rows<{ kind: string }>('select kind from notice where campaign_id = ? order by created_at, id', [campaignId])).map(({ kind }) => kind);
const told = async (campaignId: string) =>
  world.rows<{ kind: string; creator_id: string }>('select kind, creator_id from message where campaign_id = ?', [campaignId]);
const hours = (n: number) => n * 3_600_000;

describe('publishing', () => {
  test('names every missing field, and changes nothing', async () => {
    const id = await world.addDraft({ brief: undefined, contact: undefined, endsOn: undefined });
    const outcome = await world.command('publish', id);
    expect(outcome).toMatchObject({ ok: false, code: 'campaign_incomplete' });
    expect(JSON.stringify(outcome)).toMatch(/brief.*endsOn.*contact/s);
    expect(await campaign(id)).toMatchObject({ status: 'draft', milestones: [] });
    expect(await kinds(id)).toEqual([]);
  });

  test('sets the seven days in the campaign’s zone, and enters the newsletter', async () => {
    const id = await world.addPublished();
    const { milestones, closesAt, publishedBy } = await campaign(id);
    expect(milestones.map(({ key, dueAt }) => [key, dueAt])).toEqual([
      ['story', '2026-11-23T09:05:00.000Z'],
      ['select', '2026-11-25T08:00:00.000Z'],
      ['invite', '2026-11-26T08:00:00.000Z'],
      ['agreements', '2026-11-27T08:00:00.000Z'],
      ['summary', '2026-11-28T08:00:00.000Z'],
      ['close', '2026-11-29T08:00:00.000Z'],
    ]);
    expect(closesAt).toBe('2026-11-29T08:00:00.000Z');
    expect(publishedBy).toMatchObject({ name: 'Mara' });
    const [digest] = await world.rows<{ day_key: string }>(
      'select d.day_key from digest d join digest_campaign e on e.digest_id = d.id where e.campaign_id = ?', [id],
    );
    expect(digest?.day_key).toBe('2026-11-23');
    expect(await kinds(id)).toEqual(['campaign-published']);
  });

  test('is refused a second time with what is possible now', async () => {
    const id = await world.addPublished();
    expect(await world.command('publish', id)).toMatchObject({
      ok: false, code: 'wrong_state', details: { state: 'published', allowed: expect.arrayContaining(['close', 'cancel']) },
    });
  });
});

describe('after publication', () => {
  test('contact may change, what creators applied for may not', async () => {
    const id = await world.addPublished();
    const change = (patch: Parameters<typeof updateCampaign>[2]) => world.db.inWorkspace(world.manager, (tx) => updateCampaign(tx, id, patch));
    await expect(change({ contact: { name: 'Nils', phone: '1' } })).resolves.toMatchObject({ contact: { name: 'Nils' } });
    await expect(change({ brief: 'Something else', endsOn: '2027-01-01' })).rejects.toMatchObject({
      code: 'wrong_state', details: { fields: ['brief', 'endsOn'] },
    });
  });

  test('a draft can be deleted, a published campaign cannot', async () => {
    const draft = await world.addDraft({ name: undefined });
    await world.command('publish', draft);
    await world.db.inWorkspace(world.manager, (tx) => deleteDraft(tx, draft));
    await expect(campaign(draft)).rejects.toMatchObject({ code: 'not_found' });
    const id = await world.addPublished();
    await expect(world.db.inWorkspace(world.manager, (tx) => deleteDraft(tx, id))).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('milestones', () => {
  test('run once, when due, and tell the team with figures', async () => {
    const id = await world.addPublished();
    await world.milestone(id, 'select');
    expect(await kinds(id)).toEqual(['campaign-published']);
    await world.addApplicant(id);
    world.clock.advance(hours(48));
    await world.milestone(id, 'story');
    await world.milestone(id, 'select');
    await world.milestone(id, 'select');
    expect(await kinds(id)).toEqual(['campaign-published', 'remind-select']);
    const [notice] = await world.rows<{ data: object }>(`select data from notice where campaign_id = ? and kind = 'remind-select'`, [id]);
    expect(notice?.data).toMatchObject({ applications: { pending: 1 } });
    expect((await world.run((tx) => campaignSnapshot(tx, id))).milestones.map(({ key }) => key)).toEqual(['invite', 'agreements', 'summary', 'close']);
  });

  test('after an outage the close runs, overtaken reminders are dropped and noted', async () => {
    const id = await world.addPublished();
    world.clock.advance(hours(10 * 24));
    for (const key of ['story', 'select', 'invite', 'agreements', 'summary', 'close']) await world.milestone(id, key);
    const { status, milestones } = await campaign(id);
    expect(status).toBe('closed');
    expect(milestones.map((each) => [each.key, each.status])).toEqual([
      ['story', 'done'], ['select', 'dropped'], ['invite', 'dropped'], ['agreements', 'dropped'], ['summary', 'dropped'], ['close', 'done'],
    ]);
    expect((await kinds(id)).filter((kind) => kind === 'milestone-dropped')).toHaveLength(4);
  });
});

describe('starting', () => {
  const closedWithEveryKind = async () => {
    const id = await world.addPublished();
    const who = {
      in: await world.addApplicant(id, { name: 'In', status: 'selected', agreement: 'accepted' }),
      unsigned: await world.addApplicant(id, { name: 'Unsigned', status: 'selected', agreement: 'pending' }),
      expired: await world.addApplicant(id, { name: 'Expired', status: 'selected', agreement: 'expired' }),
      never: await world.addApplicant(id, { name: 'Never sent', status: 'selected' }),
      pending: await world.addApplicant(id, { name: 'Pending' }),
      declined: await world.addApplicant(id, { name: 'Declined', status: 'declined' }),
      refused: await world.addApplicant(id, { name: 'Refused', status: 'selected', agreement: 'declined' }),
    };
    return { id, who };
  };

  test('is refused before the close, while paused, and with nobody signed', async () => {
    const id = await world.addPublished();
    expect(await world.command('start', id)).toMatchObject({ ok: false, code: 'wrong_state', details: { state: 'published' } });
    await world.command('close', id);
    expect(await world.command('start', id)).toMatchObject({ ok: false, code: 'nobody_signed' });
    await world.addApplicant(id, { status: 'selected', agreement: 'accepted' });
    await world.command('pause', id);
    expect(await world.command('start', id)).toMatchObject({ ok: false, code: 'campaign_paused', details: { state: 'closed' } });
  });

  test('fixes the group, withdraws the rest, tells each what concerns them and nothing to who refused', async () => {
    const { id, who } = await closedWithEveryKind();
    await world.command('close', id);
    const preview = await world.db.inWorkspace(world.manager, (tx) => previewStart(tx, id));
    expect(preview).toMatchObject({ group: [{ name: 'In' }], openAgreements: 1, others: 5, refusal: null });
    expect(await world.command('start', id)).toMatchObject({ ok: true, value: { group: 1, bummer: 5, agreementsWithdrawn: 1 } });
    const heard = await told(id);
    expect(heard.filter(({ kind }) => kind === 'congratulations').map((each) => each.creator_id)).toEqual([who.in]);
    expect(heard.filter(({ kind }) => kind === 'bummer').map((each) => each.creator_id).sort())
      .toEqual([who.unsigned, who.expired, who.never, who.pending, who.declined].sort());
    expect(heard.some(({ creator_id }) => creator_id === who.refused)).toBe(false);
    const group = await world.rows<{ creator_id: string }>('select creator_id from collaboration where campaign_id = ?', [id]);
    expect(group.map(({ creator_id }) => creator_id)).toEqual([who.in]);
    expect(await world.rows(`select 1 from due_item where kind = 'results.request' and workspace_id = ?`, [world.workspaceId])).toHaveLength(1);
    expect((await world.run((tx) => campaignSnapshot(tx, id))).milestones).toEqual([]);
  });

  test('of two presses at the same moment one wins, the other is told who pressed and when', async () => {
    const id = await world.addPublished();
    await world.addApplicant(id, { status: 'selected', agreement: 'accepted' });
    await world.command('close', id);
    const [ada, bo] = await Promise.all([world.addMember('Ada'), world.addMember('Bo')]);
    const outcomes = await Promise.all([
      world.command('start', id, {}, { scope: ada }), world.command('start', id, {}, { scope: bo }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = outcomes[0]?.ok ? 'Ada' : 'Bo';
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      code: 'already_started', details: { by: winner, at: '2026-11-23T09:00:00.000Z' },
    });
    expect(await told(id)).toHaveLength(1);
  });

  test('the same command three times at once, and again later, happens once with one answer', async () => {
    const id = await world.addPublished();
    await world.addApplicant(id, { status: 'selected', agreement: 'accepted' });
    await world.command('close', id);
    const same = newId();
    const press = () => world.command('start', id, {}, { id: same });
    const outcomes = await Promise.all([press(), press(), press()]);
    world.clock.advance(hours(100));
    await world.command('finish', id);
    outcomes.push(await press());
    expect(outcomes[0]).toMatchObject({ ok: true });
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    await expect(world.command('close', id, {}, { id: same })).rejects.toMatchObject({ code: 'idempotency_conflict' });
    await expect(world.command('start', id, { other: 1 }, { id: same })).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });
});

describe('cancelling', () => {
  test('tells applicants once, withdraws what is open, and is over with the start', async () => {
    const id = await world.addPublished();
    const open = await world.addApplicant(id, { status: 'selected', agreement: 'pending' });
    await world.addApplicant(id, { status: 'selected', agreement: 'declined' });
    expect(await world.command('cancel', id)).toMatchObject({ ok: true, value: { told: 1, agreementsWithdrawn: 1 } });
    expect(await told(id)).toEqual([{ kind: 'campaign-cancelled', creator_id: open }]);
    expect(await world.command('cancel', id)).toMatchObject({ ok: false, code: 'wrong_state', details: { state: 'cancelled', allowed: [] } });
  });
});
