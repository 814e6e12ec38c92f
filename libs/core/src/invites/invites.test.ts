import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fakeSocial } from '@sevenfold/testing/fakes';
import { peopleWorld, type PeopleWorld } from '@sevenfold/testing/people';
import { askCustomerSuccess, listCustomerSuccessRequests, resolveCustomerSuccess } from '../customer-success/index.js';
import { listMessages } from '../inbox/index.js';
import { expressInterest, getInvite, onInboundForInvite, ownInvite, previewInvite, searchNetwork, sendInvites } from './index.js';

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld({ socials: [fakeSocial('instagram')] });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  await subscribe('professional');
});

const subscribe = (subscription: string) => world.rows('update workspace set subscription = ? where id = ?', [subscription, world.workspaceId]);
const invite = (campaignId: string, creators: { creatorId: string; text?: string }[], text?: string) =>
  world.db.inWorkspace(world.manager, (tx) => sendInvites(tx, { campaignId, creators, text }));
const messages = (creatorId: string) =>
  world.rows<{ kind: string; text: string; short: string; html: string; purpose: string }>('select kind, text, short, html, purpose from message where creator_id = ? order by created_at, id', [creatorId]);
const applications = (campaignId: string) =>
  world.rows<{ status: string; source: string; creator_id: string }>('select status, source, creator_id from application where campaign_id = ?', [campaignId]);
const notices = (campaignId: string, status = 'open') =>
  world.rows<{ kind: string }>(`select kind from notice where campaign_id = ? and status = ? order by created_at`, [campaignId, status]);
const hears = (creatorId: string, campaignId: string, text: string, channel?: string) =>
  world.run((tx) => onInboundForInvite(tx, { creatorId, campaignId, text, channel }));

async function oneInvited(requirements = {}) {
  const campaignId = await world.addPublished({ requirements });
  const creatorId = await world.addCreator({ name: 'Ivy' });
  const [outcome] = await invite(campaignId, [{ creatorId }]);
  return { campaignId, creatorId, inviteId: outcome?.inviteId ?? '' };
}

describe('inviting', () => {
  test('needs the Professional subscription, and says so', async () => {
    await subscribe('basic');
    const campaignId = await world.addPublished();
    const creatorId = await world.addCreator();
    const refusal = { code: 'subscription_required', details: { needed: 'professional' } };
    await expect(invite(campaignId, [{ creatorId }])).rejects.toMatchObject(refusal);
    await expect(world.db.inWorkspace(world.manager, (tx) => searchNetwork(tx, { campaignId }, { limit: 5 }))).rejects.toMatchObject(refusal);
    await subscribe('enterprise');
    await expect(invite(campaignId, [{ creatorId }])).resolves.toMatchObject([{ result: 'sent' }]);
  });

  test('writes the default text with a personal link; the short form asks for YES; once per creator and campaign', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited();
    expect(await invite(campaignId, [{ creatorId }])).toEqual([{ creatorId, result: 'already-invited', inviteId }]);
    const [message, ...more] = await messages(creatorId);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ kind: 'invite', text: expect.stringContaining('Hi Ivy'), short: expect.stringContaining('Reply YES') });
    expect(message?.text).toContain('[personal link]');
    const view = await world.db.inWorkspace(world.manager, (tx) => getInvite(tx, inviteId));
    expect(view).toMatchObject({ status: 'sent', sentBy: { name: 'Mara' }, creator: { name: 'Ivy' } });
    expect(view.text).not.toContain('sfl_');
    // The team's inbox shows the message without the key, which would open the creator's door.
    const [thread] = await world.rows<{ id: string; last_preview: string }>('select id, last_preview from thread where creator_id = ?', [creatorId]);
    const shown = await world.db.inWorkspace(world.manager, (tx) => listMessages(tx, thread?.id ?? '', { limit: 5 }));
    expect(shown.data[0]?.text).toContain('[personal link]');
    expect(JSON.stringify([shown, thread])).not.toMatch(/sfl_\w/);
  });

  test('takes the team’s own words, for all or for one, in every form', async () => {
    const campaignId = await world.addPublished();
    const [one, two] = [await world.addCreator({ name: 'One' }), await world.addCreator({ name: 'Two' })];
    await invite(campaignId, [{ creatorId: one }, { creatorId: two, text: 'Just for you, {{creator.name}}: {{link}}' }], 'Dear {{creator.name}}, join us.');
    const [first] = await messages(one);
    expect(first?.text).toMatch(/^Dear One, join us\.\n\n\[personal link\]/);
    expect(first?.short).toMatch(/^Dear One, join us\.\n\nInterested\? Reply YES or see \[personal link\]/);
    expect(first?.html).toContain('Dear One, join us.');
    const [second] = await messages(two);
    expect(second?.short).toMatch(/^Just for you, Two: \[personal link\]\n\nInterested\? Reply YES\.$/);
    await expect(invite(campaignId, [{ creatorId: await world.addCreator() }], 'Hi {{creator.nickname}}')).rejects.toMatchObject({
      code: 'missing_variables', details: { variables: ['creator.nickname'] },
    });
    const preview = await world.db.inWorkspace(world.manager, (tx) => previewInvite(tx, { campaignId, creatorId: one }));
    expect(preview).toMatchObject({ source: expect.stringContaining('{{creator.name}}'), texts: { text: expect.stringContaining('Hi One') } });
  });

  test('reaches the network only, from publication to the close, and not while paused', async () => {
    const campaignId = await world.addPublished();
    const creatorId = await world.addCreator();
    const outside = await world.addCreator();
    await world.rows('update creator set in_network = false where id = ?', [outside]);
    await expect(invite(campaignId, [{ creatorId }, { creatorId: outside }])).rejects.toMatchObject({
      code: 'invalid_fields', details: { fields: [{ path: 'creators.1.creatorId' }] },
    });
    expect(await messages(creatorId)).toEqual([]);
    await expect(invite(await world.addDraft(), [{ creatorId }])).rejects.toMatchObject({ code: 'wrong_state' });
    await world.command('pause', campaignId);
    await expect(invite(campaignId, [{ creatorId }])).rejects.toMatchObject({ code: 'campaign_paused' });
    await world.command('resume', campaignId);
    const applied = await world.addCreator();
    await world.apply(campaignId, applied);
    expect(await invite(campaignId, [{ creatorId: applied }])).toMatchObject([{ result: 'already-applied' }]);
    await world.command('close', campaignId);
    await expect(invite(campaignId, [{ creatorId }])).rejects.toMatchObject({ code: 'campaign_closed' });
  });

  test('searches by platform, followers, country, language and name', async () => {
    const campaignId = await world.addPublished();
    const add = async (name: string, country: string, language: string, followers: number) => {
      const id = await world.addCreator({ name });
      await world.rows(`update creator set country = ?, languages = ? where id = ?`, [country, JSON.stringify([language]), id]);
      await world.rows(
        `insert into creator_profile (id, workspace_id, created_at, creator_id, platform, username, url, followers) values (gen_random_uuid(), ?, now(), ?, 'instagram', ?, '', ?)`,
        [world.workspaceId, id, `${name.toLowerCase()}_x`, followers],
      );
    };
    await add('Zebra100%', 'PT', 'pt', 500);
    await add('Zebraster', 'PT', 'pt', 50_000);
    const names = async (filter: object) =>
      (await world.db.inWorkspace(world.manager, (tx) => searchNetwork(tx, { campaignId, ...filter }, { limit: 50 }))).data.map(({ name }) => name);
    expect(await names({ country: 'PT', language: 'pt' })).toEqual(['Zebra100%', 'Zebraster']);
    expect(await names({ platform: 'instagram', minFollowers: 1_000, country: 'PT' })).toEqual(['Zebraster']);
    expect(await names({ name: 'zebra100%' })).toEqual(['Zebra100%']);
    expect(await names({ name: 'zebraster_x' })).toEqual(['Zebraster']);
  });
});

describe('interest', () => {
  test('by link makes a pending application, once', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited();
    const press = () => world.db.inWorkspace(world.asCreator(creatorId), (tx) => expressInterest(tx, { inviteId, creatorId, via: 'link' }));
    const outcomes = await Promise.all([press(), press()]);
    expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await applications(campaignId)).toEqual([{ status: 'pending', source: 'invite', creator_id: creatorId }]);
    await expect(world.db.inWorkspace(world.asCreator(creatorId), async (tx) => expressInterest(tx, { inviteId, creatorId: await world.addCreator(), via: 'link' }))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('by an exact YES; any other word offers the team to mark it, once, and is never guessed', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited();
    for (const text of ['yes please!', 'no', 'Yes but how much?', 'YES 12345']) expect(await hears(creatorId, campaignId, text)).toBe('noticed');
    expect(await applications(campaignId)).toEqual([]);
    expect((await notices(campaignId)).map(({ kind }) => kind)).toEqual(['mark-interested']);
    expect(await hears(creatorId, campaignId, '  Yes. ')).toBe('interest');
    expect(await applications(campaignId)).toHaveLength(1);
    expect((await notices(campaignId)).map(({ kind }) => kind)).toEqual([]);
    expect((await messages(creatorId)).map(({ kind }) => kind)).toEqual(['invite', 'invite-interest']);
    expect(await hears(creatorId, campaignId, 'YES')).toBe('none');
    expect(await world.db.inWorkspace(world.manager, (tx) => getInvite(tx, inviteId))).toMatchObject({ status: 'interested', interestVia: 'message' });
  });

  test('a YES in quotes, with closing signs or in another language is one', async () => {
    for (const text of ['“YES!”', 'Ja.', 'oui']) {
      const { campaignId, creatorId } = await oneInvited();
      expect([text, await hears(creatorId, campaignId, text)]).toEqual([text, 'interest']);
    }
  });

  test('a YES by a channel that asked for none is free text', async () => {
    const { campaignId, creatorId } = await oneInvited();
    expect(await hears(creatorId, campaignId, 'YES', 'carrier-pigeon')).toBe('noticed');
  });

  test('after the close is refused, and a message changes nothing', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited();
    await world.command('close', campaignId);
    await expect(world.run((tx) => expressInterest(tx, { inviteId, via: 'link' }))).rejects.toMatchObject({ code: 'campaign_closed' });
    expect(await hears(creatorId, campaignId, 'YES')).toBe('none');
    expect(await applications(campaignId)).toEqual([]);
  });

  test('asks for what nobody knows: on the page at once, elsewhere by a link', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited({ countries: ['NL'] });
    expect(await hears(creatorId, campaignId, 'YES')).toBe('interest');
    expect(await applications(campaignId)).toEqual([]);
    expect((await messages(creatorId)).map(({ kind }) => kind)).toEqual(['invite', 'invite-interest']);
    const own = () => world.db.inWorkspace(world.asCreator(creatorId), (tx) => ownInvite(tx, { inviteId, creatorId }));
    expect(await own()).toMatchObject({ status: 'sent', open: true, asked: [{ path: 'about.country' }] });
    await world.db.inWorkspace(world.asCreator(creatorId), (tx) => expressInterest(tx, { inviteId, creatorId, via: 'link', about: { country: 'NL' } }));
    expect(await applications(campaignId)).toHaveLength(1);
  });
});

describe('lacking a qualification', () => {
  test('goes to customer success, whose addition lands in pending, by hand, with its reason', async () => {
    const { campaignId, creatorId, inviteId } = await oneInvited({ countries: ['NL'] });
    await world.rows(`update creator set country = 'DE' where id = ?`, [creatorId]);
    expect(await world.run((tx) => expressInterest(tx, { inviteId, via: 'link' }))).toMatchObject({ outcome: 'not-qualified', missing: [{ field: 'country' }] });
    expect(await applications(campaignId)).toEqual([]);
    expect((await notices(campaignId)).map(({ kind }) => kind)).toEqual(['not-qualified']);
    const ask = () => world.db.inWorkspace(world.manager, (tx) => askCustomerSuccess(tx, { campaignId, creatorId, reason: 'Lives at the border' }));
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(two);
    expect((await notices(campaignId)).map(({ kind }) => kind)).toEqual(['customer-success-request']);
    const resolve = (scope = world.manager) => world.db.inWorkspace(scope, (tx) => resolveCustomerSuccess(tx, { requestId: one.requestId, decision: 'add' }));
    await expect(resolve()).rejects.toMatchObject({ code: 'forbidden' });
    const success = await world.addMember('Sam', 'customer-success');
    await resolve(success);
    await expect(resolve(success)).rejects.toMatchObject({ code: 'wrong_state', details: { state: 'added' } });
    expect(await applications(campaignId)).toEqual([{ status: 'pending', source: 'by-hand', creator_id: creatorId }]);
    expect(await world.db.inWorkspace(world.manager, (tx) => listCustomerSuccessRequests(tx, campaignId))).toMatchObject([
      { status: 'added', reason: 'Lives at the border', missing: [{ field: 'country', need: 'NL', have: 'DE' }], requestedBy: { name: 'Mara' }, resolved: { by: { name: 'Sam' } } },
    ]);
    expect(await notices(campaignId)).toEqual([]);
  });

  test('a refused request may be asked again', async () => {
    const campaignId = await world.addPublished();
    const creatorId = await world.addCreator();
    const success = await world.addMember('Sue', 'customer-success');
    const ask = () => world.db.inWorkspace(world.manager, (tx) => askCustomerSuccess(tx, { campaignId, creatorId, reason: 'Please' }));
    const { requestId } = await ask();
    await world.db.inWorkspace(success, (tx) => resolveCustomerSuccess(tx, { requestId, decision: 'refuse', reason: 'No' }));
    expect((await ask()).requestId).not.toBe(requestId);
    expect(await applications(campaignId)).toEqual([]);
  });
});
