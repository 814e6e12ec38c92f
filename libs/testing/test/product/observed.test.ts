import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startMailSink, type MailSink } from '../../src/mail/index.js';
import { startCollector, type Collector } from '../../src/otlp/index.js';
import { CampaignStage, startProduct, type Product } from '../../src/product/index.js';
import { isAlive, signal, until } from '../../src/util/index.js';

/** The whole product with a collector of traces and a mail server of ours; what it tells whoever operates it. */
let product: Product;
let collector: Collector;
let mails: MailSink;
let stage: CampaignStage;
beforeAll(async () => {
  [collector, mails] = await Promise.all([startCollector(), startMailSink()]);
  product = await startProduct({
    env: {
      SMTP_URL: mails.url, MAIL_FROM: 'Sevenfold <campaigns@sevenfold.test>', LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '200',
    },
  });
  stage = await CampaignStage.open(product.api, { dayMs: 600_000 });
  expect((await stage.api.patch('/v1/workspace', { instagramAccountId: '17841400000000000' })).status).toBe(200);
}, 240_000);
afterAll(async () => {
  await product.stop();
  await Promise.all([mails.close(), collector.close()]);
}, 60_000);

const healthOf = (port: number, path = '/readyz') => fetch(`http://127.0.0.1:${port}${path}`);
const traceOf = (name: string) => collector.spans.find((span) => span.name === name)?.traceId;
const namesIn = (trace: string | undefined) => collector.spans.filter(({ traceId }) => traceId === trace).map(({ name }) => name);

test('one trace leads from publishing through the workflow to the story’s provider', async () => {
  expect((await stage.publish()).status).toBe(200);
  const request = 'POST /v1/campaigns/:id/publish';
  await until(() => namesIn(traceOf(request)).includes('publish instagram'), { what: 'the story’s span', timeoutMs: 60_000 });
  const trace = collector.spans.filter(({ traceId }) => traceId === traceOf(request));
  expect(trace.map(({ name }) => name)).toEqual(expect.arrayContaining([
    request, 'update publish', 'workflow campaignWorkflow', 'activity runCommand', 'activity runMilestone',
    'relay story.requested', 'workflow storyWorkflow', 'activity postStory', 'publish instagram',
  ]));
  expect(trace.map(({ service }) => service)).toEqual(expect.arrayContaining(['sevenfold-api', 'sevenfold-worker']));
  // It is one tree: whoever has a parent finds it, as soon as that has ended too.
  const orphans = () => {
    const ids = new Set(collector.spans.map(({ spanId }) => spanId));
    return collector.spans.filter(({ traceId, parentSpanId }) => traceId === traceOf(request) && parentSpanId !== undefined && !ids.has(parentSpanId));
  };
  await until(() => orphans().length === 0, { what: 'every parent', timeoutMs: 20_000 });
}, 90_000);

test('told to end in the middle of a send, the worker finishes it: one mail, nothing unknown, a clean end', async () => {
  const creator = await stage.creator('Ana Canary', { email: 'ana.canary@creators.test' });
  await stage.select(await stage.apply(creator));
  mails.faults.add({ kind: 'delay', ms: 3_000, times: 1 });
  expect((await stage.sendAgreements()).status).toBe(200);
  await until(() => mails.connections > 0, { what: 'the send under way', timeoutMs: 60_000 });
  const worker = await product.pidOf('worker');
  const told = performance.now();
  signal(worker, 'SIGTERM');
  await until(() => !isAlive(worker), { what: 'the end of the worker', timeoutMs: 20_000 });
  expect(performance.now() - told).toBeLessThan(20_000);
  expect(await product.log('worker')).toContain('worker has stopped');
  await until(() => healthOf(product.ports.workerHealth).then(({ ok }) => ok), { what: 'the next worker', timeoutMs: 60_000 });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(mails.to('ana.canary@creators.test')).toHaveLength(1);

  // The same send seen as a trace: from the press to the mail server's answer.
  const trace = traceOf('POST /v1/campaigns/:id/agreements');
  await until(() => namesIn(trace).includes('send email'), { what: 'the mail’s span' });
  expect(namesIn(trace)).toEqual(expect.arrayContaining(['activity runCommand', 'relay agreement.sent', 'relay message.queued', 'activity sendMessage', 'send email']));
}, 150_000);

test('told to end while a request waits for the engine, the API answers it first', async () => {
  const other = await CampaignStage.open(product.api, { dayMs: 600_000 });
  const [worker, api] = [await product.pidOf('worker'), await product.pidOf('api')];
  signal(worker, 'SIGSTOP');
  const answer = other.publish();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  signal(api, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 500));
  signal(worker, 'SIGCONT');
  expect((await answer).status).toBe(200);
  await until(() => !isAlive(api), { what: 'the end of the API', timeoutMs: 20_000 });
  expect(await product.log('api')).toContain('api has stopped');
  await until(() => healthOf(product.ports.api).then(({ ok }) => ok), { what: 'the next API', timeoutMs: 60_000 });
}, 120_000);

test('every line of a request, an activity and a delivery says whose it is', async () => {
  const id = stage.campaignId;
  const lines = async (name: string) => (await product.log(name)).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  const request = (await lines('api')).find(({ msg, route }) => msg === 'request' && route === '/v1/campaigns/:id/publish');
  expect(request).toMatchObject({ requestId: expect.any(String), campaignId: id, status: '200', traceId: expect.any(String) });
  const worker = await lines('worker');
  expect(worker.find(({ msg, activity }) => msg === 'activity' && activity === 'runCommand')).toMatchObject({ workflow: `campaign/${id}`, campaignId: id, commandId: expect.any(String) });
  expect(worker.find(({ msg, kind }) => msg === 'brought to the engine' && kind === 'story.requested')).toMatchObject({ campaignId: id, item: expect.any(String) });
});

test('the health page names each dependency and plugin', async () => {
  const plugins = { 'plugin in-app': 'ok', 'plugin email': 'ok', 'plugin sms': 'ok', 'plugin instagram': 'ok' };
  expect(await (await healthOf(product.ports.api)).json()).toEqual({ status: 'ready', checks: { database: 'ok', engine: 'ok', ...plugins } });
  expect(await (await healthOf(product.ports.workerHealth)).json()).toEqual({ status: 'ready', checks: { database: 'ok', engine: 'ok', relay: 'ok', 'receiver email': 'ok', ...plugins } });
  expect(await (await healthOf(product.ports.slackbotHealth)).json()).toEqual({ status: 'ready', checks: { engine: 'ok', api: 'ok', slack: 'ok' } });
});

test('what lives and is not ready says so, and why', async () => {
  const api = await product.pidOf('api');
  signal(api, 'SIGSTOP');
  try {
    const ready = await healthOf(product.ports.slackbotHealth);
    expect([ready.status, (await ready.json()) as object]).toEqual([503, expect.objectContaining({ status: 'degraded', checks: expect.objectContaining({ api: expect.stringContaining('no answer'), engine: 'ok' }) })]);
    expect((await healthOf(product.ports.slackbotHealth, '/healthz')).status).toBe(200);
  } finally {
    signal(api, 'SIGCONT');
  }
});

test('metrics say how everything goes, and nobody’s name', async () => {
  const of = async (port: number) => (await healthOf(port, '/metrics')).text();
  const [api, worker, slackbot] = [await of(product.ports.apiMetrics), await of(product.ports.workerHealth), await of(product.ports.slackbotHealth)];
  await fetch(`${product.api.url}/v1/campaigns`).then(({ status }) => expect(status).toBe(401));
  expect(await of(product.ports.apiMetrics)).toMatch(/sevenfold_http_request_duration_seconds_count\{.*route="\/v1\/campaigns".*status="401".*\} 1/);
  for (const name of ['outbox_waiting', 'outbox_oldest_seconds', 'due_overdue', 'due_oldest_seconds', 'relay_ok', 'plugin_up', 'activity_duration_seconds_count']) {
    expect(worker).toMatch(new RegExp(`^sevenfold_${name}[{ ]`, 'm'));
  }
  expect(worker).toMatch(/sevenfold_plugin_up\{.*plugin="email".*\} 1/);
  for (const text of [api, worker, slackbot]) {
    expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|canary|@|\+\d{6}/i);
  }
  expect((await fetch(`${product.api.url}/metrics`)).status).toBe(404);
});

test('traces carry ids and codes, and nobody’s name', () => {
  expect(JSON.stringify(collector.spans)).not.toMatch(/canary|creators\.test/i);
});
