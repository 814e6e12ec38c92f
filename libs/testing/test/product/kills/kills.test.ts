import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CampaignStage, PatientApi, startProduct, TestApi, type Product } from '../../../src/product/index.js';
import { expectSame, kill, running, type Victim } from './kill.js';
import { arrivals, inviteByMail, killApiAtItsAnswer, killRelayAfterSignal, killRelayBeforeSignal, rows } from './moments.js';
import { play, steps, type Step } from './play.js';
import { pressed } from './pressed.js';
import type { Transcript } from './transcript.js';

let product: Product;
let calm: Transcript;
let stage: CampaignStage;
const impatient = ({ api }: CampaignStage) => new TestApi(api.url, api.bearer);
beforeAll(async () => {
  product = await startProduct({ env: { SEVENFOLD_RESTART_PAUSE_MS: '300' } });
  calm = await play(product, 'early');
  stage = await CampaignStage.open(PatientApi.of(product.api), { dayMs: 600_000 });
  await pressed((key) => stage.api.post(stage.path('/publish'), {}, { key }));
}, 240_000);
afterAll(async () => product.stop(), 60_000);

test('undisturbed, everything arrives once', () => {
  expect(calm).toMatchObject({ unknown: 0, group: ['Ana', 'Bo', 'Cyd'] });
  expect(calm.arrived).toHaveLength(calm.messages.filter((line) => !line.endsWith('in-app')).length);
  expect(calm.posts).toEqual(calm.notices);
});

test('kill -9 of the worker at every step, and of API, Temporal, Postgres and bot at some, leaves the same transcript as none', async () => {
  const others: Partial<Record<Step, Victim>> = {
    applied: 'api', selected: 'postgres', 'agreements-sent': 'temporal', signed: 'slackbot', declined: 'postgres', closed: 'api', started: 'temporal',
  };
  const between = async (step: Step): Promise<void> => {
    const other = others[step];
    await Promise.all([kill(product, 'worker'), ...(other ? [kill(product, other)] : [])]);
  };
  const kills = steps.length + Object.keys(others).length;
  expectSame(await play(product, 'early', between), calm, kills);
}, 300_000);

test.each([
  ['write', 'before the commit: nothing has happened', 0],
  ['commit', 'in the commit: it has happened, and nobody heard of it', 1],
] as const)('the API killed at its answer (%s, %s): the same key has one effect', async (at, _what, already) => {
  const name = `Killed at ${at}`;
  const count = async () => (await rows(product, 'select 1 from creator where name = $1', [name])).length;
  const create = (api: TestApi, key: string) => api.post('/v1/creators', { name }, { key });
  const key = await killApiAtItsAnswer(product, at, (own) => create(impatient(stage), own));
  await running(product, 'api');
  expect(await count()).toBe(already);
  const answer = await pressed(() => create(stage.api, key));
  expect(answer).toMatchObject({ status: 201, body: { name } });
  expect(answer.headers.get('idempotency-replay')).toBe(already ? 'true' : null);
  expect(await count()).toBe(1);
}, 120_000);

test('the relay killed between claim and signal, and between signal and mark: each message leaves once', async () => {
  const emails = [
    await killRelayBeforeSignal(product, () => inviteByMail(stage, 'Before')),
    await killRelayAfterSignal(product, () => inviteByMail(stage, 'After')),
  ];
  for (const email of emails) expect(await arrivals(product, email)).toBe(1);
}, 180_000);
