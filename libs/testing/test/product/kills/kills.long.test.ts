import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CampaignStage, PatientApi, startProduct, type Product, type TestApi } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { expectSame, running } from './kill.js';
import { letKill, type Killer } from './killer.js';
import { killApiAtItsAnswer, rows } from './moments.js';
import { play, type Close } from './play.js';
import { pressed } from './pressed.js';
import { random } from './random.js';
import type { Transcript } from './transcript.js';

const seed = Number(process.env['SEED'] ?? 1);
/** Hundreds, at some four seconds each. */
const enough = Number(process.env['KILLS'] ?? 200);

let product: Product;
const calm = new Map<Close, Transcript>();

beforeAll(async () => {
  product = await startProduct({ env: { SEVENFOLD_RESTART_PAUSE_MS: '200' } });
  for (const close of ['early', 'by-schedule'] as const) calm.set(close, await play(product, close));
}, 900_000);
afterAll(async () => product.stop(), 60_000);

/** One campaign after the other, each held to the calm one, until enough was killed. */
async function lane(close: Close, killer: Killer): Promise<number> {
  let campaigns = 0;
  do {
    const before = killer.total();
    const transcript = await play(product, close);
    campaigns += 1;
    const same = calm.get(close);
    if (!same) throw new Error('There is nothing to compare with');
    expectSame(transcript, same, Math.max(1, killer.total() - before));
  } while (killer.total() < enough && killer.problem() === undefined);
  return campaigns;
}

test(`campaigns side by side, SEED=${seed} KILLS=${enough}: whatever is killed whenever, each leaves the same transcript as undisturbed`, async () => {
  const began = performance.now();
  const killer = letKill(product, random(seed), { longestPauseMs: 4_000, mostAtOnce: 4, enough });
  // Each to its end: a campaign that still runs would disturb what comes after.
  const ended = await Promise.allSettled((['early', 'early', 'by-schedule', 'by-schedule'] as const).map((close) => lane(close, killer)));
  await killer.stop();
  const campaigns = ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const words = Object.entries(killer.counts).map(([moment, count]) => `${moment} ${count}`).join(', ');
  console.log(`SEED=${seed}: ${killer.total()} kills (${words}) in ${campaigns.reduce((sum, each) => sum + each, 0)} campaigns and ${Math.round((performance.now() - began) / 1000)} s`);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  expect(killer.problem()).toBeUndefined();
  expect(killer.total()).toBeGreaterThanOrEqual(enough);
  // Nothing lies about that nobody comes back for.
  const left = () => rows(product, 'select kind, attempts from outbox_item where done_at is null');
  await until(async () => (await left()).length === 0, { timeoutMs: 60_000, everyMs: 500, what: 'the outbox to be empty' });
}, 28 * 60_000);

test('a command whose API was killed at its answer happens once: the repeat, after the lease, is told what it did', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 3_600_000 });
  const publish = (api: TestApi, key: string) => api.post(stage.path('/publish'), {}, { key });
  const key = await killApiAtItsAnswer(product, 'write', (own) => publish(stage.api, own));
  await running(product, 'api');
  const again = await pressed(() => publish(PatientApi.of(stage.api), key));
  expect(again).toMatchObject({ status: 200, body: { status: 'published' } });
  const audit = await PatientApi.of(stage.api).get(`/v1/audit?campaignId=${stage.campaignId}`);
  expect((audit.body.data ?? []).filter((entry) => String(entry['action']) === 'campaign.published')).toHaveLength(1);
}, 240_000);
