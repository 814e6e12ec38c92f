import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fakePushService, type FakePushService } from '../../src/fakes/index.js';
import { EventStream } from '../../src/live/index.js';
import { CampaignStage, startProduct, type Product } from '../../src/product/index.js';
import { until } from '../../src/util/index.js';

/** The whole product, and a push service beside it. */
let service: FakePushService;
let product: Product;
beforeAll(async () => {
  service = await fakePushService();
  product = await startProduct({ env: { PUSH_ANY_ADDRESS: 'yes' } });
}, 180_000);
afterAll(async () => {
  await product.stop();
  await service.close();
}, 60_000);

test('a talk in the app: seen live on both sides over a killed API, called by push, read or else mailed once', async () => {
  const stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  const { api } = stage;
  // Whatever the hour is where this runs.
  await api.patch('/v1/workspace', { messaging: { quietHours: null, fallThroughHours: 8 / 3_600 } });
  const mia = await stage.creator('Mia', { email: 'mia@creators.test', app: true });
  const device = service.device('phone');
  expect((await mia.api.post('/v1/creator/push/subscriptions', device.subscription)).status).toBe(201);

  const team = await EventStream.open(`${api.url}/v1/live`, { token: api.bearer });
  await team.until('the beginning', ({ events }) => events.length > 0);
  await mia.api.made('/v1/creator/thread', { text: 'Hello team' });
  const thread = async () => (await api.get(`/v1/threads?creatorId=${mia.id}`)).body.data?.[0];
  const threadId = String((await thread())?.['id']);
  await team.until('what Mia wrote', ({ hints }) => hints.includes(`thread ${threadId}`));

  // The API dies; what happens meanwhile is heard when the reader comes back.
  process.kill(await product.pidOf('api'), 'SIGKILL');
  await team.until('the break', ({ ended }) => ended);
  await until(async () => (await fetch(`${api.url}/readyz`)).ok, { what: 'the API to be back', timeoutMs: 60_000 });
  const reply = String((await api.made(`/v1/threads/${threadId}/messages`, { text: 'Hello Mia' }))['id']);
  const back = await EventStream.open(`${api.url}/v1/live`, { token: api.bearer, lastEventId: team.lastId });
  await back.until('the answer on its way', ({ hints }) => hints.includes(`message ${reply}`));
  expect(back.has('resync')).toBe(false);

  // Nobody looks, so the phone is called, which learns nothing but from whom it is.
  await until(() => service.seen.length > 0, { what: 'the phone to be called', timeoutMs: 30_000 });
  const [call] = service.seen;
  expect(JSON.parse(call?.text ?? '')).toEqual({ title: expect.stringMatching(/^New message from Agency /), tag: reply });
  expect(call?.claims).toMatchObject({ aud: service.url });

  // She reads; the team sees it at once.
  back.events.splice(0);
  const view = async (id: string) => (await api.get(`/v1/threads/${threadId}/messages`)).body.data?.find((each) => String(each['id']) === id);
  expect((await mia.api.post('/v1/creator/thread/read', { upTo: reply })).body).toEqual({ read: 1 });
  await back.until('the receipt', ({ hints }) => hints.includes(`message ${reply}`));
  expect(await view(reply)).toMatchObject({ status: 'read', readAt: expect.stringMatching(/T/) });

  // The next one she leaves: it goes by mail, once, as the same entry.
  const second = String((await api.made(`/v1/threads/${threadId}/messages`, { text: 'Are you there?' }))['id']);
  await until(async () => String((await view(second))?.['channel']) === 'email', { what: 'the mail', timeoutMs: 60_000 });
  expect((await view(second))?.['deliveries']).toMatchObject([{ channel: 'in-app', status: 'sent' }, { channel: 'email', status: 'sent' }]);
  expect((await mia.api.get('/v1/creator/thread')).body.data?.filter((each) => String(each['id']) === second)).toHaveLength(1);
  expect((await view(reply))?.['deliveries']).toHaveLength(1);
  back.close();
}, 180_000);
