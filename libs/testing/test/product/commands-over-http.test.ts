import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { until } from '../../src/util/index.js';
import { CampaignStage, listOf, startProduct, type Product } from '../../src/product/index.js';

/** The whole product, from the build, as somebody would run it. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 180_000);
afterAll(async () => product.stop(), 60_000);

/** A closed campaign with two signatures: ready to be started. */
async function readyToStart(): Promise<CampaignStage> {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  expect((await stage.publish()).status).toBe(200);
  const creators = [await stage.creator('Ana', { email: 'ana@creators.test' }), await stage.creator('Bo', { email: 'bo@creators.test' })];
  for (const creator of creators) await stage.select(await stage.apply(creator));
  expect((await stage.sendAgreements()).status).toBe(200);
  for (const creator of creators) expect((await stage.sign(creator)).status).toBe(200);
  expect((await stage.api.post(stage.path('/close'))).status).toBe(200);
  return stage;
}

test('of two presses at the same moment one wins, and the other is told who pressed and when', async () => {
  const stage = await readyToStart();
  const answers = await Promise.all([stage.api.post(stage.path('/start')), stage.api.post(stage.path('/start'))]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const loser = answers.find(({ status }) => status === 409);
  expect(loser?.body).toMatchObject({ code: 'already_started', by: 'Olga Owner', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
  const group = await stage.api.get(stage.path('/collaborations'));
  expect(group.body.data).toHaveLength(2);
}, 60_000);

test('the same command three times at once happens once, and again after the campaign ended it gets the same answer', async () => {
  const stage = await readyToStart();
  const key = randomUUID();
  const press = () => stage.api.post(stage.path('/start'), {}, { key });
  const answers = await Promise.all([press(), press(), press()]);
  // Who comes while the first is under way is told to come again; nobody is told anything else.
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
  for (const { status, body } of answers.filter((each) => each.status !== 200)) {
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'idempotency_running' });
  }
  const later = await press();
  expect(later.status).toBe(200);
  expect(later.headers.get('idempotency-replay')).toBe('true');
  expect((await stage.api.post(stage.path('/cancel'))).body).toMatchObject({ status: 409, code: 'wrong_state', state: 'started' });
  const audit = await stage.api.get(`/v1/audit?campaignId=${stage.campaignId}`);
  expect((audit.body.data ?? []).filter((entry) => String(entry['action']) === 'campaign.started')).toHaveLength(1);
}, 60_000);

test('a caller who is gone before the answer finds the command done when they come back', async () => {
  const stage = await readyToStart();
  const key = randomUUID();
  await expect(stage.api.post(stage.path('/start'), {}, { key, signal: AbortSignal.timeout(15) })).rejects.toThrow();
  await stage.reached('started');
  // The first answer may still be being written down; then the repeat is asked to come again.
  let again = await stage.api.post(stage.path('/start'), {}, { key });
  for (let i = 0; again.status === 409 && String(again.body['code']) === 'idempotency_running' && i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    again = await stage.api.post(stage.path('/start'), {}, { key });
  }
  expect(again).toMatchObject({ status: 200, body: { status: 'started' } });
}, 60_000);

test('applying races with the close: who got in is in before it, everybody else is told', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  await stage.publish();
  const creators = await Promise.all(Array.from({ length: 16 }, (_, i) => stage.creator(`Creator ${i}`, { email: `c${i}@creators.test` })));
  const applying = creators.map((creator) =>
    creator.api.post(`/v1/creator/campaigns/${stage.campaignId}/applications`, { motivation: 'Me' }),
  );
  const [closed, ...answers] = await Promise.all([stage.api.post(stage.path('/close')), ...applying]);
  expect(closed?.status).toBe(200);
  const closedAt = String(closed?.body['closedAt']);
  const statuses = new Set(answers.map(({ status, body }) => (status === 201 ? 'in' : String(body['code']))));
  expect([...statuses].every((each) => ['in', 'campaign_closed'].includes(each))).toBe(true);
  const { body } = await stage.api.get(stage.path('/applications?limit=200'));
  expect(body.data).toHaveLength(answers.filter(({ status }) => status === 201).length);
  for (const application of body.data ?? []) expect(String(application['createdAt']) <= closedAt).toBe(true);
}, 60_000);

test('signing races with the end of the window: signed or expired, never both', async () => {
  // 72 hours of a day of one second are three seconds.
  const stage = await CampaignStage.open(product.api, { dayMs: 1_500 });
  await stage.publish();
  const creators = await Promise.all(Array.from({ length: 8 }, (_, i) => stage.creator(`Signer ${i}`, { email: `s${i}@creators.test` })));
  for (const creator of creators) await stage.select(await stage.apply(creator));
  const sent = await stage.sendAgreements();
  expect(sent.status).toBe(200);
  const own = await Promise.all(creators.map((creator) => stage.agreementOf(creator)));
  const { body: listed } = await stage.api.get(stage.path('/agreements?limit=200'));
  const ends = Math.min(...(listed.data ?? []).map((each) => new Date(String(each['expiresAt'])).getTime()));
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, ends - Date.now() - 40)));
  const answers = await Promise.all(
    creators.map(async (creator, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 10));
      return creator.api.post(`/v1/creator/agreements/${own[i]?.id}/sign`, { name: creator.name, agreed: true, documentHash: own[i]?.documentHash });
    }),
  );
  // The row refuses at its instant; the workflow that writes it down comes when the machine lets it.
  const statuses = await until(
    async () => {
      const all = (await Promise.all(creators.map((creator) => stage.agreementOf(creator)))).map(({ status }) => status);
      return !all.includes('pending') && all;
    },
    { timeoutMs: 30_000, everyMs: 250, what: 'every window to have ended' },
  );
  expect(statuses).toEqual(answers.map(({ status }) => (status === 200 ? 'accepted' : 'expired')));
}, 60_000);

test('unknown ids, wrong fields and wrong states are told apart, and nothing is half done', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  const other = await CampaignStage.open(product.api, { dayMs: 600_000 });
  expect((await stage.api.get(`/v1/campaigns/${randomUUID()}`)).body).toMatchObject({ status: 404, code: 'not_found' });
  const foreign = await stage.api.get(other.path(''));
  const unknown = await stage.api.get(`/v1/campaigns/${randomUUID()}`);
  expect({ ...foreign.body, instance: '', requestId: '' }).toEqual({ ...unknown.body, instance: '', requestId: '' });
  expect((await stage.api.post(stage.path('/start'))).body).toMatchObject({ status: 409, code: 'wrong_state', state: 'draft', allowed: ['publish', 'cancel'] });
  const wrong = await stage.api.post('/v1/campaigns', { name: '', timeZone: 'Mars/Olympus', requirements: { minAge: 'old' }, unknownField: 1 });
  expect(wrong.body).toMatchObject({ status: 422, code: 'invalid_fields' });
  const paths = listOf(wrong.body['fields']).map((each) => String(each['path']));
  expect(paths).toEqual(expect.arrayContaining(['name', 'timeZone', 'requirements.minAge']));
  const huge = await stage.api.post('/v1/campaigns', { name: 'x'.repeat(2_000_000) });
  expect(huge.body).toMatchObject({ status: 413, code: 'payload_too_large' });
}, 60_000);
