import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { prepareAgreement } from '@sevenfold/core/agreements';
import { aClient, aCreator, aLink, aMember, type TestMember } from '@sevenfold/testing/factories';
import { apiWorld, type ApiWorld } from './api-world.js';
import { RowEngine } from './row-engine.js';

let api: ApiWorld;
let clientId: string;
let success: TestMember;
let reviewer: TestMember;
const engine = new RowEngine();
beforeAll(async () => {
  api = await apiWorld({ change: { engine } });
  engine.db = api.db;
  ({ clientId } = await aClient(api));
  success = await aMember(api, 'customer-success');
  reviewer = await aMember(api, 'client-reviewer', { clientId });
}, 120_000);
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.clock.set(new Date('2026-11-23T09:00:00Z')));

const terms = { feeMinor: 50_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['One reel'], usageRights: 'Online, one year' };
const address = { legalName: 'Mia Legal', street: 'Keizersgracht 1', postalCode: '1015 AA', city: 'Amsterdam', country: 'NL' };
const get = (path: string, token?: string) => api.call('GET', path, { token });
const post = (path: string, body: unknown = {}, token?: string) => api.call('POST', path, { body, token });

async function published(fields: object = {}): Promise<string> {
  const { body } = await post('/v1/campaigns', {
    name: 'Spring', clientId, brief: 'Show the shoe', startsOn: '2026-12-07', endsOn: '2026-12-20', timeZone: 'Europe/Amsterdam',
    requirements: {}, contact: { name: 'Mara', phone: '+31 20 555 0100' }, terms, ...fields,
  });
  expect((await post(`/v1/campaigns/${body.id}/publish`)).status).toBe(200);
  return body.id;
}

async function creator(name: string) {
  const { id } = await aCreator(api, { name });
  return { id, token: await aLink(api, id) };
}

/** Applied, selected and sent an agreement. */
async function sent(campaignId: string, name: string) {
  const who = await creator(name);
  const { body: applied } = await post(`/v1/creator/campaigns/${campaignId}/applications`, { motivation: 'Me!' }, who.token);
  await api.call('PATCH', `/v1/applications/${applied.applicationId}`, { body: { status: 'selected' } });
  const answer = await post(`/v1/campaigns/${campaignId}/agreements`, { items: [{ applicationId: applied.applicationId }] });
  expect(answer.status).toBe(200);
  return { ...who, applicationId: applied.applicationId as string, agreementId: answer.body.agreements[0].agreementId as string };
}

const signAs = async (token: string, agreementId: string) => {
  const { body } = await get(`/v1/creator/agreements/${agreementId}`, token);
  return post(`/v1/creator/agreements/${agreementId}/sign`, { name: 'Mia Legal', agreed: true, documentHash: body.documentHash }, token);
};

describe('over the whole way', () => {
  test('from the marketplace to the results', async () => {
    const campaignId = await published({ figures: [{ platform: 'instagram', metric: 'likes', why: 'To learn', how: 'Below the post' }] });
    const mia = await sent(campaignId, 'Mia');
    const out = await sent(campaignId, 'Out');
    const market = await get('/v1/creator/campaigns', mia.token);
    expect((await get(`/v1/creator/campaigns/${campaignId}/entry`, (await creator('Elsewhere')).token)).status).toBe(404);
    expect(market.body.data.find((each: { id: string }) => each.id === campaignId)).toMatchObject({ applied: true, open: true });
    expect((await get('/v1/creator/applications', mia.token)).body.data).toMatchObject([{ campaignName: 'Spring', motivation: 'Me!' }]);
    expect((await api.call('PUT', `/v1/creator/campaigns/${campaignId}/entry`, { body: address, token: mia.token })).status).toBe(200);
    expect((await signAs(mia.token, mia.agreementId)).body).toMatchObject({ status: 'accepted', allowed: ['drop-out'] });
    expect((await post(`/v1/creator/agreements/${out.agreementId}/decline`, { reason: 'Busy' }, out.token)).body).toMatchObject({ status: 'declined' });
    const spare = await creator('Spare');
    const byHand = await post(`/v1/campaigns/${campaignId}/applications/by-hand`, { creatorId: spare.id, reason: 'Known' }, success.token);
    expect([byHand.status, byHand.body.source]).toEqual([201, 'by-hand']);
    expect((await post(`/v1/campaigns/${campaignId}/applications/by-hand`, { creatorId: spare.id, reason: 'Known' }, (await aMember(api, 'manager')).token)).status).toBe(403);
    const { body: { data: [replacement] } } = await get(`/v1/campaigns/${campaignId}/replacements?status=open`);
    expect(replacement).toMatchObject({ reason: 'declined', creator: { name: 'Out' } });
    expect((await post(`/v1/replacements/${replacement.id}/choose`, { applicationId: byHand.body.id })).body).toMatchObject({ status: 'chosen' });
    expect((await get(`/v1/campaigns/${campaignId}/addresses.xlsx`)).body).toMatchObject({ code: 'wrong_state', state: 'published' });
    await post(`/v1/campaigns/${campaignId}/close`);
    expect((await post(`/v1/campaigns/${campaignId}/start`)).status).toBe(200);

    const { body: { data: [collaboration, ...others] } } = await get(`/v1/campaigns/${campaignId}/collaborations`);
    expect([collaboration.creator.name, others]).toEqual(['Mia', []]);
    expect((await get(`/v1/collaborations/${collaboration.id}`)).body.addresses).toMatchObject([{ source: 'start', address }]);
    const sheet = await get(`/v1/campaigns/${campaignId}/addresses.xlsx`);
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    expect((await post(`/v1/campaigns/${campaignId}/group-message`, { text: 'Hello' })).body).toMatchObject({ recipients: 1 });
    expect((await post(`/v1/collaborations/${collaboration.id}/parcels`, { carrier: 'PostNL', trackingCode: '3S1' })).status).toBe(201);
    const screenshot = await api.call('POST', '/v1/creator/files', { token: mia.token, body: Buffer.from('picture'), headers: { 'content-type': 'image/png' } });
    const result = await post(
      `/v1/creator/collaborations/${collaboration.id}/results`,
      { platform: 'Instagram', postUrl: 'https://instagram.com/p/1', figures: { likes: 5 }, screenshotFileId: screenshot.body.id },
      mia.token,
    );
    expect([result.status, result.body.figures.likes.source, result.body.missing]).toEqual([201, { kind: 'creator' }, []]);
    expect((await post(`/v1/creator/collaborations/${collaboration.id}/results`, { platform: 'instagram', postUrl: 'https://instagram.com/p/2' }, out.token)).status).toBe(404);
    expect((await get(`/v1/campaigns/${campaignId}/results`, reviewer.token)).body.data).toMatchObject([{ creator: { name: 'Mia' } }]);
    expect((await get('/v1/creator/collaborations', mia.token)).body.data).toMatchObject([{ parcels: [{ trackingCode: '3S1' }] }]);
  });

  test('client reviewers see no rates, addresses or agreements; creators nothing of the team’s', async () => {
    const campaignId = await published();
    const mia = await sent(campaignId, 'Mia');
    expect((await get(`/v1/campaigns/${campaignId}/applications`, reviewer.token)).body.data).toMatchObject([{ price: null, status: 'selected' }]);
    for (const path of [`campaigns/${campaignId}/agreements`, `agreements/${mia.agreementId}`, `creators/${mia.id}/addresses`, `campaigns/${campaignId}/addresses.xlsx`]) {
      expect([path, (await get(`/v1/${path}`, reviewer.token)).status]).toEqual([path, 403]);
      expect([path, (await get(`/v1/${path}`, mia.token)).status]).toEqual([path, 403]);
    }
    const { clientId: other } = await aClient(api);
    const foreign = await aMember(api, 'client-reviewer', { clientId: other });
    expect((await get(`/v1/campaigns/${campaignId}/applications`, foreign.token)).status).toBe(404);
  });

  test('the document is served as it was hashed, harmless, and as PDF once it is made', async () => {
    const mia = await sent(await published(), 'Mia');
    const document = await get(`/v1/agreements/${mia.agreementId}/document.html`);
    expect(document.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(document.headers.get('x-document-sha256')).toBe((await get(`/v1/agreements/${mia.agreementId}`)).body.documentHash);
    expect((await get(`/v1/agreements/${mia.agreementId}/document.pdf`)).body).toMatchObject({ code: 'not_found', retry: true });
    const at = (await api.clock.now()).getTime();
    await prepareAgreement(api.db, api.scope, { htmlToPdf: async () => Buffer.from('%PDF-1.7') }, { agreementId: mia.agreementId, at });
    const pdf = await get(`/v1/agreements/${mia.agreementId}/document.pdf`);
    expect([pdf.headers.get('content-type'), pdf.body]).toEqual(['application/pdf', '%PDF-1.7']);
    const withdrawn = await post(`/v1/agreements/${mia.agreementId}/withdraw`, { reason: 'Other fee' });
    expect(withdrawn.body).toMatchObject({ status: 'withdrawn', ended: { reason: 'Other fee', by: { name: 'Olga' } } });
  });

  test('a link for one agreement opens no other, and nothing else', async () => {
    const campaignId = await published();
    const [one, two] = [await sent(campaignId, 'One'), await sent(campaignId, 'Two')];
    const narrow = await aLink(api, one.id, 'agreement', one.agreementId);
    expect((await get(`/v1/creator/agreements/${one.agreementId}`, narrow)).status).toBe(200);
    expect((await get(`/v1/creator/agreements/${two.agreementId}`, narrow)).status).toBe(404);
    expect((await get('/v1/creator/me', narrow)).status).toBe(403);
    expect((await get(`/v1/creator/agreements/${two.agreementId}`, one.token)).status).toBe(404);
  });

  test('the app is signed in to and removed', async () => {
    const { token } = await creator('App');
    expect((await api.call('PUT', '/v1/creator/app', { token, body: {} })).body).toMatchObject({ hasApp: true });
    api.clock.advance(1_000);
    expect((await api.call('DELETE', '/v1/creator/app', { token })).body).toMatchObject({ hasApp: false });
    expect((await api.call('PATCH', '/v1/creator/me', { token, body: { newsletterOptIn: true } })).body).toMatchObject({ newsletterOptIn: true });
  });
});

describe('outreach', () => {
  test('is sent, marked, refused on Basic, and goes to customer success when something is lacking', async () => {
    const campaignId = await published({ requirements: { countries: ['NL'] } });
    const [inside, outside] = [await aCreator(api, { name: 'In', country: 'NL' }), await aCreator(api, { name: 'Out', country: 'DE' })];
    const network = await get(`/v1/campaigns/${campaignId}/network?country=DE`);
    expect(network.body.data).toMatchObject([{ name: 'Out', invited: null, applied: false }]);
    const preview = await post(`/v1/campaigns/${campaignId}/invites/preview`, { creatorId: inside.id, text: 'Hi {{creator.name}}' });
    expect(preview.body.texts.text).toContain('Hi In');
    const { body } = await post(`/v1/campaigns/${campaignId}/invites`, { creators: [{ creatorId: inside.id }, { creatorId: outside.id, text: 'Just you' }] });
    const [first, second] = body.data;
    expect((await post(`/v1/invites/${first.inviteId}/interested`)).body).toMatchObject({ outcome: 'applied' });
    expect((await post(`/v1/invites/${second.inviteId}/interested`)).body).toMatchObject({ outcome: 'not-qualified', missing: [{ field: 'country', need: 'NL', have: 'DE' }] });
    const asked = await post(`/v1/campaigns/${campaignId}/customer-success-requests`, { creatorId: outside.id, reason: 'Lives at the border' });
    expect(asked.body).toMatchObject({ status: 'open', missing: [{ field: 'country' }] });
    const resolved = await post(`/v1/customer-success-requests/${asked.body.id}/resolve`, { decision: 'add' }, success.token);
    expect(resolved.body).toMatchObject({ status: 'added' });
    expect((await get(`/v1/campaigns/${campaignId}/applications?source=by-hand`)).body.data).toMatchObject([{ byHand: { reason: 'Lives at the border' } }]);
    expect((await get(`/v1/campaigns/${campaignId}/invites`)).body.data).toHaveLength(2);
    await api.rows(`update workspace set subscription = 'basic' where id = ?`, [api.workspace.workspaceId]);
    expect((await post(`/v1/campaigns/${campaignId}/invites`, { creators: [{ creatorId: inside.id }] })).body).toMatchObject({ code: 'subscription_required', needed: 'professional' });
    await api.rows(`update workspace set subscription = 'professional' where id = ?`, [api.workspace.workspaceId]);
  });
});

describe('the pages', () => {
  const form = (path: string, values: Record<string, string>) =>
    fetch(`${api.url}${path}`, { method: 'POST', body: new URLSearchParams(values), redirect: 'manual' });
  const page = async (path: string) => {
    const response = await fetch(`${api.url}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test('of an agreement: looking signs nothing; signing needs name and tick; it can be dropped', async () => {
    const mia = await sent(await published({ name: 'Spring <b>' }), 'Mia');
    const path = `/a/${await aLink(api, mia.id, 'agreement', mia.agreementId)}`;
    const shown = await page(path);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('Spring &lt;b&gt;');
    expect(shown.text).toContain('Thursday, 26 November 2026 at 10:00 CET (Europe/Amsterdam)');
    expect(shown.text).not.toContain('<script');
    for (const [name, part] of [
      ['content-security-policy', "default-src 'none'"], ['content-security-policy', "frame-ancestors 'none'"], ['referrer-policy', 'no-referrer'],
      ['x-robots-tag', 'noindex'], ['cache-control', 'no-store'],
    ] as const) expect(shown.headers.get(name)).toContain(part);
    const document = await page(`${path}/document.html`);
    expect([document.status, document.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining('sandbox')]);

    const hash = /name="documentHash" value="([0-9a-f]{64})"/.exec(shown.text)?.[1] ?? '';
    const refused = await form(`${path}/sign`, { name: ' ', documentHash: hash });
    const text = await refused.text();
    expect([refused.status, text.match(/aria-invalid="true"/g)?.length]).toEqual([422, 2]);
    expect(text).toContain('role="alert"');
    expect((await get(`/v1/agreements/${mia.agreementId}`)).body.status).toBe('pending');
    expect((await form(`${path}/sign`, { name: 'Mia', agreed: 'yes', documentHash: 'x' })).status).toBe(409);
    const signed = await form(`${path}/sign`, { name: 'Mia Legal', agreed: 'yes', documentHash: hash });
    expect([signed.status, signed.headers.get('location')]).toEqual([303, path]);
    expect((await page(path)).text).toContain('Signed.');
    expect((await form(`${path}/drop-out`, { reason: 'Ill' })).status).toBe(303);
    expect((await page(path)).text).toContain('You dropped out.');
    expect((await form(`${path}/sign`, { name: 'Mia', agreed: 'yes', documentHash: hash })).status).toBe(409);
  });

  test('of an agreement says when it is over, paused or taken back', async () => {
    const campaignId = await published();
    const mia = await sent(campaignId, 'Mia');
    const path = `/a/${await aLink(api, mia.id, 'agreement', mia.agreementId)}`;
    await post(`/v1/campaigns/${campaignId}/pause`);
    expect((await page(path)).text).toContain('The campaign is paused');
    await post(`/v1/campaigns/${campaignId}/resume`);
    api.clock.advance(73 * 3_600_000);
    const over = await page(path);
    expect(over.text).toContain('The time to sign is over.');
    expect(over.text).not.toContain('Sign the agreement');
    await post(`/v1/agreements/${mia.agreementId}/withdraw`);
    expect((await page(path)).text).toContain('Withdrawn.');
  });

  test('of an invite asks for what nobody knows, field by field', async () => {
    const campaignId = await published({ requirements: { countries: ['NL'], platforms: [{ platform: 'instagram', minFollowers: 100 }] } });
    const { id } = await aCreator(api, { name: 'Ivy' });
    const { body } = await post(`/v1/campaigns/${campaignId}/invites`, { creators: [{ creatorId: id }] });
    const path = `/i/${await aLink(api, id, 'invite', body.data[0].inviteId)}`;
    const shown = await page(path);
    for (const part of ['Show the shoe', 'Mara', '+31 20 555 0100', 'I’m interested', 'name="country"', 'name="followers"', 'for="profile"']) expect(shown.text).toContain(part);
    const nothing = await form(`${path}/interest`, {});
    expect([nothing.status, (await nothing.text()).includes('aria-describedby="country-error"')]).toEqual([422, true]);
    const wrong = await form(`${path}/interest`, { country: 'NL', platform: 'instagram', profile: 'not a profile!', followers: '500' });
    const text = await wrong.text();
    expect([wrong.status, text.includes('id="profile-error"'), text.includes('value="not a profile!"')]).toEqual([422, true, true]);
    expect((await form(`${path}/interest`, { country: 'NL', platform: 'instagram', profile: '@ivy', followers: '500' })).status).toBe(303);
    expect((await page(path)).text).toContain('Thank you!');
    expect((await get(`/v1/campaigns/${campaignId}/applications`)).body.data).toMatchObject([{ source: 'invite', profiles: [{ username: 'ivy', followers: 500 }] }]);
  });

  test('of an invite to a closed campaign takes nothing', async () => {
    const campaignId = await published();
    const { id } = await aCreator(api, { name: 'Ivy' });
    const { body } = await post(`/v1/campaigns/${campaignId}/invites`, { creators: [{ creatorId: id }] });
    const path = `/i/${await aLink(api, id, 'invite', body.data[0].inviteId)}`;
    await post(`/v1/campaigns/${campaignId}/close`);
    const shown = await page(path);
    expect([shown.text.includes('This campaign is closed.'), shown.text.includes('<form')]).toEqual([true, false]);
    expect((await form(`${path}/interest`, {})).status).toBe(409);
  });

  test('of a creator: apply, enter an address, send results', async () => {
    const campaignId = await published({
      name: 'On the page', requirements: { countries: ['NL'] }, questions: [{ key: 'size', question: 'Which size?' }],
      figures: [{ platform: 'instagram', metric: 'reach', why: 'The client asks', how: 'Insights' }],
    });
    const mia = await creator('Mia');
    const home = `/c/${mia.token}`;
    const path = `${home}/campaigns/${campaignId}`;
    expect((await page(home)).text).toContain(`href="${path}"`);
    const nothing = await form(`${path}/apply`, { price: 'a lot' });
    expect([nothing.status, (await nothing.text()).includes('id="price-error"')]).toEqual([422, true]);
    const partly = await form(`${path}/apply`, { motivation: 'Me', price: '450,5', currency: 'eur' });
    const text = await partly.text();
    expect([partly.status, text.includes('id="country-error"'), text.includes('id="q-size-error"'), text.includes('>Me</textarea>')]).toEqual([422, true, true, true]);
    const german = await form(`${path}/apply`, { motivation: 'Me', 'q-size': '42', country: 'DE' });
    expect([german.status, (await german.text()).includes('country: NL')]).toEqual([422, true]);
    expect((await form(`${path}/apply`, { motivation: 'Me', 'q-size': '42', country: 'NL', price: '450,5', currency: 'eur' })).status).toBe(303);
    const { body: { data: [application] } } = await get(`/v1/campaigns/${campaignId}/applications`);
    expect(application).toMatchObject({ price: { amountMinor: 45_050, currency: 'EUR' }, answers: { size: '42' } });
    expect((await form(`${path}/entry`, { legalName: 'Mia Legal' })).status).toBe(422);
    expect((await form(`${path}/entry`, address)).status).toBe(303);
    const entered = await page(path);
    expect([entered.text.includes('You entered them on'), entered.text.includes('Keizersgracht')]).toEqual([true, false]);

    await api.call('PATCH', `/v1/applications/${application.id}`, { body: { status: 'selected' } });
    const { body: { agreements: [agreement] } } = await post(`/v1/campaigns/${campaignId}/agreements`);
    await signAs(mia.token, agreement.agreementId);
    await post(`/v1/campaigns/${campaignId}/close`);
    await post(`/v1/campaigns/${campaignId}/start`);
    const upload = async (to: string, values: Record<string, string | Blob>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(values)) body.set(name, value);
      return fetch(`${api.url}${to}`, { method: 'POST', body, redirect: 'manual' });
    };
    const picture = new Blob(['picture'], { type: 'image/png' });
    expect((await upload(`${path}/results`, { platform: 'Instagram', postUrl: 'nonsense' })).status).toBe(422);
    expect((await upload(`${path}/results`, { platform: 'Instagram', postUrl: 'https://instagram.com/p/9', screenshot: picture })).status).toBe(303);
    const { body: { data: [result] } } = await get(`/v1/campaigns/${campaignId}/results`);
    expect(result).toMatchObject({ platform: 'instagram', screenshotFileId: expect.any(String), missing: [{ metric: 'reach' }] });
    expect((await page(path)).text).toContain('The client asks. Insights');
    expect((await upload(`${path}/results/${result.id}`, { [`${result.id}-reach`]: '1.000' })).status).toBe(422);
    expect((await upload(`${path}/results/${result.id}`, { [`${result.id}-reach`]: '1000' })).status).toBe(303);
    expect((await get(`/v1/results/${result.id}`)).body).toMatchObject({ figures: { reach: { value: 1000, source: { kind: 'creator' } } }, missing: [] });
  });

  test('of a creator: messages, one per form however often it is pressed; GET writes nothing', async () => {
    const mia = await creator('Mia');
    const path = `/c/${mia.token}/messages`;
    expect((await page(`/c/${mia.token}`)).text).toContain(`href="${path}"`);
    const shown = await page(path);
    const once = /name="once" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
    const empty = await form(path, { once, text: '  ' });
    expect([empty.status, (await empty.text()).includes('id="text-error"')]).toEqual([422, true]);
    for (const text of ['<b>Hello</b> there', '<b>Hello</b> there']) expect((await form(path, { once, text })).status).toBe(303);
    const after = await page(path);
    expect(after.text.split('&lt;b&gt;Hello&lt;/b&gt; there')).toHaveLength(2);
    for (const [header, value] of Object.entries({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' })) {
      expect(after.headers.get(header)).toBe(value);
    }
    expect(after.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    expect(after.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(after.text).not.toMatch(/<script(?! src="\/c\/-\/thread\.js" defer>)/);
    const { body } = await get(`/v1/threads?creatorId=${mia.id}`);
    expect(body.data).toMatchObject([{ preview: '<b>Hello</b> there', unread: 1 }]);
  });

  test('of a creator: the way to an agreement is made by pressing, not by looking; only to their own', async () => {
    const mia = await sent(await published({ name: 'To sign' }), 'Mia');
    const [home, links] = [`/c/${mia.token}`, () => api.rows('select id from creator_link where ref_id = ?', [mia.agreementId])];
    const before = (await links()).length;
    const shown = await page(home);
    expect(shown.text).toContain('Waiting for your answer');
    expect(await links()).toHaveLength(before);
    const pressed = await form(`${home}/agreements/${mia.agreementId}`, {});
    expect([pressed.status, (await page(pressed.headers.get('location') ?? '')).text.includes('Sign the agreement')]).toEqual([303, true]);
    const stranger = await creator('Stranger');
    expect((await form(`/c/${stranger.token}/agreements/${mia.agreementId}`, {})).status).toBe(404);
    expect((await form(`${home}/newsletter`, { wanted: 'yes' })).status).toBe(303);
    expect((await get('/v1/creator/me', mia.token)).body.newsletterOptIn).toBe(true);
    expect((await page(home)).text).toContain('Stop the newsletter');
    await form(`${home}/newsletter`, { wanted: 'no' });
    expect((await get('/v1/creator/me', mia.token)).body.newsletterOptIn).toBe(false);
  });

  test('tells an applicant the same whether they were selected, declined or neither', async () => {
    const campaignId = await published({ name: 'Secret choice' });
    const mia = await creator('Mia');
    const { body: applied } = await post(`/v1/creator/campaigns/${campaignId}/applications`, { motivation: 'Me!' }, mia.token);
    const seen = new Set<string>();
    for (const status of ['pending', 'selected', 'declined']) {
      if (status !== 'pending') await api.call('PATCH', `/v1/applications/${applied.applicationId}`, { body: { status } });
      seen.add((await page(`/c/${mia.token}`)).text + (await page(`/c/${mia.token}/campaigns/${campaignId}`)).text);
    }
    expect(seen.size).toBe(1);
  });

  test('of a link that is none, or for something else, says so as a page', async () => {
    const { token } = await creator('X');
    for (const path of ['/a/nonsense', `/a/${token}`, `/i/${token}`, '/i/sfl_x']) {
      const shown = await page(path);
      expect([path, shown.status, shown.text.includes('This link does not work')]).toEqual([path, 404, true]);
    }
  });
});
