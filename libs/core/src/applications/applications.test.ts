import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { peopleWorld, type PeopleWorld } from '@sevenfold/testing/people';
import { fakeSocial } from '@sevenfold/testing/fakes';
import { apply, getApplication, listApplications, marketplace, moveApplication } from './index.js';

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld({ socials: [fakeSocial('instagram')] });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.clock.set(new Date('2026-11-23T09:00:00Z')));

const requirements = { platforms: [{ platform: 'instagram', minFollowers: 1_000 }], countries: ['NL', 'BE'], minAge: 18, languages: ['nl'] };

describe('applying', () => {
  test('is refused with every requirement that is known to be lacking', async () => {
    const id = await world.addPublished({ requirements });
    const creatorId = await world.addCreator({ name: 'Noa' });
    const about = { country: 'DE', birthDate: '2015-01-01', languages: ['de'], profiles: [{ platform: 'instagram', profile: '@noa', followers: 10 }] };
    await expect(world.apply(id, creatorId, { about })).rejects.toMatchObject({
      code: 'not_qualified',
      details: { missing: [
        { field: 'followers', need: 'instagram with 1000 followers' }, { field: 'country', need: 'NL, BE', have: 'DE' }, { field: 'age' }, { field: 'language' },
      ] },
    });
    // Nothing of a refused application stays, not even what was said along with it.
    expect(await world.rows('select 1 from creator_profile where creator_id = ?', [creatorId])).toEqual([]);
  });

  test('asks for what nobody knows, and keeps the answer', async () => {
    const id = await world.addPublished({ requirements, questions: [{ key: 'why', question: 'Why you?', required: true }] });
    const creatorId = await world.addCreator({ name: 'Noor' });
    await expect(world.apply(id, creatorId, { answers: { who: 'me' } })).rejects.toMatchObject({
      code: 'invalid_fields',
      details: { fields: [
        { path: 'about.profiles' }, { path: 'about.country' }, { path: 'about.birthDate' }, { path: 'about.languages' }, { path: 'answers.who' }, { path: 'answers.why' },
      ] },
    });
    const about = { country: 'NL', birthDate: '2000-01-01', languages: ['nl'], profiles: [{ platform: 'instagram', profile: '@noor', followers: 5_000 }] };
    const applicationId = await world.apply(id, creatorId, { about, answers: { why: 'Because' }, price: { amountMinor: 70_000, currency: 'EUR' } });
    expect(await world.db.inWorkspace(world.manager, (tx) => getApplication(tx, applicationId))).toMatchObject({
      creator: { name: 'Noor' }, status: 'pending', source: 'applied', answers: { why: 'Because' }, price: { amountMinor: 70_000 },
      profiles: [{ platform: 'instagram', username: 'noor', followers: 5_000 }], moved: null, agreement: null,
    });
    // What is known is not changed by typing something else.
    const other = await world.addPublished({ requirements: { countries: ['FR'] } });
    await expect(world.apply(other, creatorId, { about: { country: 'FR' } })).rejects.toMatchObject({ code: 'not_qualified' });
  });

  test('is possible once per campaign, also when two come at the same moment', async () => {
    const id = await world.addPublished();
    const creatorId = await world.addCreator();
    const both = await Promise.allSettled([world.apply(id, creatorId), world.apply(id, creatorId)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already_applied' } });
    await expect(world.apply(id, creatorId)).rejects.toMatchObject({ code: 'already_applied' });
  });

  test('ends with the close, by status and by the instant', async () => {
    const id = await world.addPublished();
    const late = await world.addCreator();
    world.clock.set(new Date('2026-11-29T08:00:00Z'));
    await expect(world.apply(id, late)).rejects.toMatchObject({ code: 'campaign_closed' });
    world.clock.set(new Date('2026-11-29T07:59:59Z'));
    await world.apply(id, late);
    await world.command('close', id);
    await expect(world.apply(id, await world.addCreator())).rejects.toMatchObject({ code: 'campaign_closed', details: { state: 'closed' } });
    await expect(world.apply(await world.addDraft(), late)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('goes on while the campaign is paused, also past the instant of its close', async () => {
    const id = await world.addPublished();
    await world.command('pause', id);
    world.clock.set(new Date('2026-12-24T08:00:00Z'));
    await expect(world.apply(id, await world.addCreator())).resolves.toEqual(expect.any(String));
  });

  test('waits for a close that holds the campaign, and is refused then', async () => {
    const id = await world.addPublished();
    const creatorId = await world.addCreator();
    let waiting: Promise<unknown> = Promise.resolve();
    await world.run(async (tx) => {
      await tx.em.execute('select 1 from campaign where id = ? for no key update', [id]);
      waiting = world.apply(id, creatorId).then(() => 'applied', (error: { code: string }) => error.code);
      await expect(Promise.race([waiting, new Promise((done) => setTimeout(done, 200, 'still waiting'))])).resolves.toBe('still waiting');
      await tx.em.execute(`update campaign set status = 'closed', closed_at = ? where id = ?`, [tx.now, id]);
    });
    await expect(waiting).resolves.toBe('campaign_closed');
    expect(await world.rows('select 1 from application where campaign_id = ?', [id])).toEqual([]);
  });

  test('that came first makes the close wait, and stays', async () => {
    const id = await world.addPublished();
    const creatorId = await world.addCreator();
    let closing: Promise<unknown> = Promise.resolve();
    await world.db.inWorkspace(world.asCreator(creatorId), async (tx) => {
      await apply(tx, { campaignId: id, creatorId, motivation: 'First', answers: {} });
      closing = world.command('close', id);
      await expect(Promise.race([closing, new Promise((done) => setTimeout(done, 200, 'still waiting'))])).resolves.toBe('still waiting');
    });
    await expect(closing).resolves.toMatchObject({ ok: true });
    expect(await world.rows('select 1 from application where campaign_id = ?', [id])).toHaveLength(1);
  });
});

describe('pre-selection', () => {
  test('moves freely, silently and on record', async () => {
    const id = await world.addPublished();
    const creatorId = await world.addCreator();
    const applicationId = await world.apply(id, creatorId);
    for (const to of ['selected', 'declined', 'pending', 'selected', 'selected'] as const) await world.move(applicationId, to);
    expect(await world.db.inWorkspace(world.manager, (tx) => getApplication(tx, applicationId))).toMatchObject({
      status: 'selected', moved: { at: '2026-11-23T09:00:00.000Z', by: { name: 'Mara', kind: 'member' } },
    });
    const moves = await world.rows<{ data: { from: string; to: string } }>(
      `select data from audit_entry where entity_id = ? and action = 'application.moved' order by created_at, id`, [applicationId],
    );
    expect(moves.map(({ data }) => `${data.from}>${data.to}`)).toEqual(['pending>selected', 'selected>declined', 'declined>pending', 'pending>selected']);
    expect(await world.rows('select 1 from message where creator_id = ?', [creatorId])).toEqual([]);
  });

  test('goes on after the close and ends with the start', async () => {
    const id = await world.addPublished({ terms: { feeMinor: 1, currency: 'EUR', payDate: '2027-01-01', deliverables: ['x'], usageRights: 'y' } });
    const { creatorId, applicationId } = await world.selected(id);
    const other = await world.selected(id, 'Other');
    await world.command('close', id);
    const sent = await world.send(id, { items: [{ applicationId }] });
    await expect(world.move(applicationId, 'declined')).rejects.toMatchObject({ code: 'agreement_open', details: { state: 'pending' } });
    await world.sign(sent[creatorId] ?? '', creatorId);
    await world.move(other.applicationId, 'pending');
    await expect(world.command('start', id)).resolves.toMatchObject({ ok: true });
    await expect(world.move(other.applicationId, 'selected')).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'started' } });
  });

  test('an addition by hand passes the rules, marked with its reason, until the start', async () => {
    const id = await world.addPublished({ requirements });
    const creatorId = await world.addCreator();
    const success = await world.addMember('Sam', 'customer-success');
    await expect(world.addByHand(id, creatorId, world.manager)).rejects.toMatchObject({ code: 'forbidden' });
    await world.command('close', id);
    const applicationId = await world.addByHand(id, creatorId, success, 'Won last year');
    expect(await world.db.inWorkspace(world.manager, (tx) => getApplication(tx, applicationId))).toMatchObject({
      status: 'pending', source: 'by-hand', byHand: { reason: 'Won last year', by: { name: 'Sam' } },
    });
    await expect(world.addByHand(id, creatorId, success)).rejects.toMatchObject({ code: 'already_applied' });
    await world.command('cancel', id);
    await expect(world.addByHand(id, await world.addCreator(), success)).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('reading', () => {
  test('comes in pages, by status, and without rates or other clients for a client reviewer', async () => {
    const id = await world.addPublished();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) {
      world.clock.advance(1_000);
      ids.push(await world.apply(id, await world.addCreator({ name }), { price: { amountMinor: 5, currency: 'EUR' } }));
    }
    await world.move(ids[1] ?? '', 'selected');
    const list = (scope = world.manager, filter = {}, page = {}) =>
      world.db.inWorkspace(scope, (tx) => listApplications(tx, { campaignId: id, ...filter }, { limit: 2, ...page }));
    const first = await list();
    const second = await list(world.manager, {}, { cursor: first.nextCursor });
    expect([...first.data, ...second.data].map(({ creator }) => creator.name)).toEqual(['A', 'B', 'C']);
    expect(second.nextCursor).toBeNull();
    expect((await list(world.manager, { status: 'selected' })).data.map(({ creator }) => creator.name)).toEqual(['B']);

    const reviewer = (clientId: string) => ({
      workspaceId: world.workspaceId,
      actor: { kind: 'member' as const, memberId: world.workspaceId, role: 'client-reviewer' as const, clientId, via: 'api' as const },
    });
    expect((await list(reviewer(world.clientId))).data[0]).toMatchObject({ price: null });
    await expect(list(reviewer(world.workspaceId))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the marketplace shows what is open, and nothing of another workspace exists', async () => {
    const id = await world.addPublished({ name: 'On the marketplace' });
    const creatorId = await world.addCreator();
    const applicationId = await world.apply(id, creatorId);
    const shown = await world.db.inWorkspace(world.asCreator(creatorId), (tx) => marketplace(tx, creatorId, { limit: 200 }));
    expect(shown.data.find((each) => each.id === id)).toMatchObject({ open: true, applied: true, client: 'Brand' });
    const elsewhere = { workspaceId: await world.addWorkspace(), actor: world.manager.actor };
    await expect(world.db.inWorkspace(elsewhere, (tx) => getApplication(tx, applicationId))).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.db.inWorkspace(elsewhere, (tx) => moveApplication(tx, { applicationId, to: 'selected' }))).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.db.inWorkspace(elsewhere, (tx) => listApplications(tx, { campaignId: id }, { limit: 5 }))).rejects.toMatchObject({ code: 'not_found' });
  });
});
