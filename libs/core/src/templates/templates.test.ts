import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { fakeSocial } from '@sevenfold/testing/fakes';
import { peopleWorld, terms, type PeopleWorld } from '@sevenfold/testing/people';
import { sendInvites } from '../invites/index.js';
import {
  getTemplate, listTemplates, listTemplateVersions, previewTemplate, resetTemplate, restoreTemplate, saveTemplate, type SaveTemplateInput, type TemplateAddress,
} from './index.js';

let world: PeopleWorld;
beforeAll(async () => {
  world = await peopleWorld({ socials: [fakeSocial('instagram')] });
  await world.rows(`update workspace set subscription = 'professional' where id = ?`, [world.workspaceId]);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  // Every test finds the workspace without words of its own.
  for (const { key, language, version, campaignId } of await world.rows<Required<TemplateAddress> & { version: number }>(
    'select key, language, version, campaign_id as "campaignId" from template order by starts_with(key, ?)', ['partial.'],
  )) await as((tx) => resetTemplate(tx, { key, language, expectedVersion: version, ...(campaignId && { campaignId }) }));
});

const as = <T>(work: Parameters<typeof world.db.inWorkspace<T>>[1]) => world.db.inWorkspace(world.manager, work);
const view = (address: TemplateAddress) => as((tx) => getTemplate(tx, address));
const save = async (input: Omit<SaveTemplateInput, 'expectedVersion'> & { expectedVersion?: number }) => {
  const expectedVersion = input.expectedVersion ?? (await view(input)).version;
  return as((tx) => saveTemplate(tx, { ...input, expectedVersion }));
};
const last = async (creatorId: string) => {
  const [row] = await world.rows<{ subject: string; text: string; html: string; short: string }>(
    'select subject, text, html, short from message where creator_id = ? order by created_at desc, id desc limit 1', [creatorId]);
  return row ?? { subject: '', text: '', html: '', short: '' };
};
const invited = async (campaignId: string, creator: Parameters<typeof world.addCreator>[0], text?: string) => {
  const creatorId = await world.addCreator(creator);
  await as((tx) => sendInvites(tx, { campaignId, creators: [{ creatorId, ...(text !== undefined && { text }) }] }));
  return last(creatorId);
};
const notices = () => world.rows<{ id: string; data: Record<string, unknown>; campaign_id: string | null }>(`select id, data, campaign_id from notice where kind = 'template-broken' order by created_at, id`);

/** What was valid when it was saved is so no longer: a variable of it is gone. */
const breaks = async (key: string, forms: object, campaignId: string | null = null) => {
  const id = newId();
  const now = await world.clock.now();
  await world.rows(`insert into template (id, workspace_id, created_at, key, language, campaign_id, version, updated_at) values (?, ?, ?, ?, 'en', ?, 1, ?)
    on conflict on constraint template_one do update set version = template.version + 1`, [id, world.workspaceId, now, key, campaignId, now]);
  const [row] = await world.rows<{ id: string; version: number }>(`select id, version from template where key = ? and campaign_id is not distinct from ? and language = 'en'`, [key, campaignId]);
  await world.rows('insert into template_version (id, workspace_id, created_at, template_id, number, forms) values (?, ?, ?, ?, ?, ?::jsonb)',
    [newId(), world.workspaceId, now, row?.id, row?.version, JSON.stringify(forms)]);
};

describe('which words are sent', () => {
  test('the message’s own before the campaign’s, those before the workspace’s, those before the default', async () => {
    const [spring, summer] = [await world.addPublished(), await world.addPublished({ name: 'Summer' })];
    expect((await invited(spring, { name: 'Ada' })).text).toContain('we are preparing "Spring"');
    await save({ key: 'invite', forms: { subject: 'From {{workspace.name}}', text: 'Workspace words for {{creator.name}}: {{link}}' } });
    await save({ key: 'invite', campaignId: spring, forms: { text: 'Campaign words for {{creator.name}}' } });
    const ours = await invited(spring, { name: 'Bea' });
    expect(ours).toMatchObject({ text: expect.stringMatching(/^Campaign words for Bea\n\n\[personal link\]/), subject: expect.stringMatching(/^From /) });
    expect(ours.short).toMatch(/^Campaign words for Bea\n\nInterested\? Reply YES or see \[personal link\]/);
    expect(ours.html).toContain('Campaign words for Bea');
    expect((await invited(summer, { name: 'Cleo' })).text).toMatch(/^Workspace words for Cleo: \[personal link\]/);
    expect((await invited(spring, { name: 'Dora' }, 'Only for {{creator.name}}')).text).toMatch(/^Only for Dora/);
  });

  test('in the reader’s language when there is one, else in English', async () => {
    const campaignId = await world.addPublished();
    await save({ key: 'invite', forms: { text: 'English' } });
    await save({ key: 'invite', language: 'de', forms: { text: 'Deutsch {{date campaign.closesAt}}' } });
    const spoken = async (locale: string | null) => {
      const creatorId = await world.addCreator({ name: 'Eva' });
      await world.rows('update creator set locale = ? where id = ?', [locale, creatorId]);
      await as((tx) => sendInvites(tx, { campaignId, creators: [{ creatorId }] }));
      return (await last(creatorId)).text;
    };
    expect(await spoken('de-AT')).toMatch(/^Deutsch Sonntag, 29. November 2026 um \d\d:\d\d (MEZ|GMT\+1)/);
    expect(await spoken('fr')).toMatch(/^English/);
    expect(await spoken(null)).toMatch(/^English/);
  });

  test('a frozen agreement stays what it was; the next one says the new words', async () => {
    const campaignId = await world.addPublished({ terms });
    const documentOf = async (agreementId: string) => {
      const [row] = await world.rows<{ hash: string; blob: string }>('select document_hash as hash, document_blob_id as blob from agreement where id = ?', [agreementId]);
      return row;
    };
    const first = await world.selected(campaignId, 'Fay');
    const { [first.creatorId]: one = '' } = await world.send(campaignId);
    const before = await documentOf(one);
    await save({ key: 'agreement-document', forms: { html: '<!doctype html><html><body><h1>Our own contract</h1>{{creator.name}} {{money terms.feeMinor terms.currency}}</body></html>' } });
    const second = await world.selected(campaignId, 'Gil');
    const { [second.creatorId]: two = '' } = await world.send(campaignId);
    expect(await documentOf(one)).toEqual(before);
    const after = await documentOf(two);
    const [blob] = await world.rows<{ size: number }>('select size from blob where id = ?', [after?.blob]);
    expect(blob?.size).toBeLessThan(200);
  });
});

describe('a text that broke since it was saved', () => {
  test('does not stop the campaign: the default goes out, and the team is told once for each version', async () => {
    const campaignId = await world.addPublished();
    await breaks('invite', { text: 'Hi {{creator.nickname}}, {{campaign.budget}}' });
    const { version } = await view({ key: 'invite' });
    expect((await invited(campaignId, { name: 'Hal' })).text).toContain('we are preparing "Spring"');
    expect((await invited(campaignId, { name: 'Ivo' })).text).toContain('we are preparing "Spring"');
    const told = (await notices()).filter(({ data }) => data.key === 'invite');
    expect(told).toMatchObject([{ data: { code: 'missing_variables', variables: ['campaign.budget', 'creator.nickname'], version } }]);
    expect(await view({ key: 'invite' })).toMatchObject({ version, problem: { code: 'missing_variables', variables: ['campaign.budget', 'creator.nickname'] } });
    await breaks('invite', { html: '{{#each creator}}x{{/each}} {{link}}' });
    await invited(campaignId, { name: 'Jan' });
    expect((await notices()).filter(({ data }) => data.key === 'invite')).toHaveLength(2);
    await save({ key: 'invite', forms: { text: 'Mended {{link}}' } });
    expect((await view({ key: 'invite' })).problem).toBeNull();
    expect((await invited(campaignId, { name: 'Kim' })).text).toMatch(/^Mended/);
  });

  test('words for one message that are wrong are their author’s to hear, however broken the rest', async () => {
    const campaignId = await world.addPublished();
    await breaks('invite', { subject: '{{gone}}' });
    const creatorId = await world.addCreator({ name: 'Lea' });
    await expect(as((tx) => sendInvites(tx, { campaignId, creators: [{ creatorId, text: '{{pet}}' }] }))).rejects.toMatchObject({
      code: 'missing_variables', details: { variables: expect.arrayContaining(['pet']) },
    });
    expect(await invited(campaignId, { name: 'Mo' }, 'Fine {{creator.name}}')).toMatchObject({ text: expect.stringMatching(/^Fine Mo/), subject: 'Brand would like to work with you' });
  });

  test('holds for partials and documents, for many at once and for whatever an endless text would do', async () => {
    const campaignId = await world.addPublished({ terms });
    await breaks('partial.layout', { html: '<html>{{title}}{{gone}}{{> @partial-block}}</html>' });
    await breaks('bummer', { short: '{{#each creator.name}}{{/each}}' }, campaignId);
    const applicants = [await world.addApplicant(campaignId), await world.addApplicant(campaignId)];
    const chosen = await world.selected(campaignId, 'Nia');
    await breaks('agreement-document', { html: '{{terms.bonus}}' });
    const { [chosen.creatorId]: agreementId = '' } = await world.send(campaignId);
    await world.prepare(agreementId);
    await world.sign(agreementId, chosen.creatorId);
    await world.command('close', campaignId);
    expect(await world.command('start', campaignId)).toMatchObject({ ok: true });
    for (const creatorId of applicants) expect(await last(creatorId)).toMatchObject({ short: expect.stringContaining('The group for'.slice(4)), html: expect.stringContaining('Not this time') });
    const told = (await notices()).map(({ data }) => data.key);
    for (const key of ['partial.layout', 'bummer', 'agreement-document']) expect(told.filter((each) => each === key)).toHaveLength(1);
  });
});

describe('saving', () => {
  test('keeps every version with who and when, brings an old one back, and goes back to the default', async () => {
    const address = { key: 'congratulations' };
    const start = (await view(address)).version;
    await save({ ...address, forms: { text: 'One {{link}}' }, note: 'first try' });
    world.clock.set(new Date('2026-11-23T10:00:00Z'));
    await save({ ...address, forms: { text: 'Two {{link}}' } });
    const back = await as((tx) => restoreTemplate(tx, { ...address, version: start + 1, expectedVersion: start + 2 }));
    expect(back).toMatchObject({ version: start + 3, own: { text: 'One {{link}}' }, effective: { text: { from: 'workspace' }, html: { source: null, from: 'workspace' }, subject: { from: 'default' } } });
    const reset = await as((tx) => resetTemplate(tx, { ...address, expectedVersion: start + 3 }));
    expect(reset).toMatchObject({ version: start + 4, own: null, effective: { text: { from: 'default' } } });
    const first = await as((tx) => listTemplateVersions(tx, address, { limit: 3 }));
    expect(first.data).toMatchObject([
      { number: start + 4, forms: null, inForce: true, restoredFrom: null }, { number: start + 3, restoredFrom: start + 1 },
      { number: start + 2, forms: { text: 'Two {{link}}' }, savedAt: '2026-11-23T10:00:00.000Z', savedBy: { name: 'Mara' } },
    ]);
    const more = await as((tx) => listTemplateVersions(tx, address, { limit: 3, cursor: first.nextCursor ?? '' }));
    expect(more).toMatchObject({ data: [{ number: start + 1, note: 'first try', savedAt: '2026-11-23T09:00:00.000Z' }, ...(start > 0 ? [{}] : [])] });
    const audited = await world.rows<{ action: string }>(`select action from audit_entry where entity = 'template' and data->>'key' = 'congratulations' order by created_at, id`);
    expect(audited.map(({ action }) => action)).toEqual(expect.arrayContaining(['template.saved', 'template.restored', 'template.reset']));
    // Nobody rewrites what was.
    await expect(as((tx) => tx.em.execute(`update template_version set note = 'x'`))).rejects.toThrow(/permission denied/);
    await expect(as((tx) => tx.em.execute('delete from template_version'))).rejects.toThrow(/permission denied/);
  });

  test('of two at the same moment one wins and the other hears of it', async () => {
    const { version } = await view({ key: 'bummer' });
    const both = await Promise.allSettled(['A', 'B'].map((text) => save({ key: 'bummer', forms: { text }, expectedVersion: version })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'conflict', details: { version: version + 1 } } });
    await expect(save({ key: 'bummer', forms: { text: 'C' }, expectedVersion: version })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('refuses what could not be sent, naming it, and keeps nothing', async () => {
    const { version } = await view({ key: 'invite' });
    await expect(save({ key: 'invite', forms: { text: '{{creator.nickname}}' } })).rejects.toMatchObject({ code: 'missing_variables', details: { variables: ['creator.nickname'] } });
    await expect(save({ key: 'invite', forms: { text: 'a\n{{#if x}}' } })).rejects.toMatchObject({
      code: 'invalid_fields', details: { fields: [{ path: 'text', message: expect.stringContaining('line 2, column 10') }] },
    });
    await expect(save({ key: 'invite', forms: { html: '<a href="{{link}}">x</a>' } })).rejects.toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'html' }] } });
    await expect(save({ key: 'nothing', forms: { text: 'x' } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(save({ key: 'invite', campaignId: newId(), forms: { text: 'x' } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(save({ key: 'invite', language: 'English please', forms: { text: 'x' } })).rejects.toMatchObject({ code: 'invalid_fields' });
    expect((await view({ key: 'invite' })).version).toBe(version);
  });
});

describe('partials', () => {
  test('a workspace has its own, also in place of ours, and cannot break what includes them', async () => {
    const campaignId = await world.addPublished();
    await save({ key: 'partial.signature', forms: { text: 'Yours, {{workspace.name}}', html: '<p>Yours, {{workspace.name}}</p>' } });
    await save({ key: 'partial.contact', forms: { html: '<p>Just answer.</p>' } });
    await save({ key: 'invite', forms: { text: 'Hi {{creator.name}} {{link}}\n\n{{> signature}}' } });
    const message = await invited(campaignId, { name: 'Oda' });
    expect(message.text).toMatch(/Yours, \S/);
    expect(message.html).toContain('Just answer.');
    await expect(save({ key: 'partial.signature', forms: { text: '{{gone}}' } })).rejects.toMatchObject({ code: 'conflict', details: { usedBy: ['invite'] } });
    await expect(save({ key: 'partial.signature', forms: { html: 'x' } })).rejects.toMatchObject({ code: 'conflict', details: { usedBy: ['invite'] } });
    await expect(save({ key: 'partial.signature', forms: { text: '{{> signature}}' } })).rejects.toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'text' }] } });
    await expect(save({ key: 'partial.layout', forms: { html: '<p>{{nobody}}</p>' } })).rejects.toMatchObject({ code: 'conflict', details: { usedBy: expect.arrayContaining(['bummer', 'invite']) } });
    const { version } = await view({ key: 'partial.signature' });
    await expect(as((tx) => resetTemplate(tx, { key: 'partial.signature', expectedVersion: version }))).rejects.toMatchObject({ code: 'conflict' });
    await expect(save({ key: 'partial.signature', campaignId, forms: { text: 'x' } })).rejects.toMatchObject({ code: 'invalid_fields' });
    await expect(save({ key: 'partial.__proto__', forms: { text: 'x' } })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('looking', () => {
  test('every text there is, page by page, with where it was edited', async () => {
    const campaignId = await world.addPublished();
    await save({ key: 'bummer', campaignId, forms: { text: 'x' } });
    await save({ key: 'partial.zebra', forms: { text: 'x' } });
    const keys: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as((tx) => listTemplates(tx, { limit: 7, cursor }));
      keys.push(...page.data.map(({ key }) => key));
      const bummer = page.data.find(({ key }) => key === 'bummer');
      if (bummer) expect(bummer.edited).toMatchObject([{ campaignId, language: 'en' }]);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(keys).toEqual(expect.arrayContaining(['invite', 'agreement-sent', 'agreement-reminder', 'congratulations', 'bummer', 'newsletter', 'agreement-document', 'story-card', 'partial.layout', 'partial.zebra']));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('previews a text with a campaign and a creator, form by form and channel by channel, and sends nothing', async () => {
    const campaignId = await world.addPublished();
    const creatorId = await world.addCreator({ name: 'Pia <b>' });
    const counted = () => world.rows('select (select count(*) from message) as m, (select count(*) from creator_link) as l, (select count(*) from template_version) as v');
    const before = await counted();
    await expect(as((tx) => previewTemplate(tx, { key: 'invite', campaignId, creatorId }))).resolves.toMatchObject({
      texts: { subject: 'Brand would like to work with you', text: expect.stringContaining('Hi Pia <b>'), html: expect.stringContaining('Hi Pia &lt;b&gt;'), short: expect.stringContaining('Reply YES') },
      effective: { text: { from: 'default' } }, madeUp: ['unsubscribeUrl', 'link'].sort((a, b) => b.localeCompare(a)),
      channels: expect.arrayContaining([expect.objectContaining({ channel: 'email' }), expect.objectContaining({ channel: 'sms' })]),
    });
    const edited = await as((tx) => previewTemplate(tx, { key: 'bummer', campaignId, creatorId, forms: { text: 'New for {{creator.name}}' }, level: 'workspace' }));
    expect(edited).toMatchObject({ texts: { text: 'New for Pia <b>' }, effective: { text: { from: 'workspace' } } });
    await expect(as((tx) => previewTemplate(tx, { key: 'bummer', campaignId, creatorId, forms: { text: '{{pet}}' } }))).rejects.toMatchObject({ code: 'missing_variables', details: { variables: ['pet'] } });
    for (const key of ['newsletter', 'results-request', 'group-message', 'campaign-resumed', 'agreement-sent', 'agreement-document', 'story-card']) {
      expect((await as((tx) => previewTemplate(tx, { key, campaignId, creatorId }))).texts.html).toContain('<');
    }
    await expect(as((tx) => previewTemplate(tx, { key: 'invite', campaignId, creatorId: newId() }))).rejects.toMatchObject({ code: 'not_found' });
    expect(await counted()).toEqual(before);
  });
});
