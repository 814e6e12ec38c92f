import { until } from '@sevenfold/testing/util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SendOutcome, SocialPlugin } from '@sevenfold/plugin-sdk';
import { type FakeGraph, startFakeGraph } from '@sevenfold/testing/graph';
import { instagramOn, signal, story, TOKEN } from './setup.js';

let graph: FakeGraph;
let instagram: SocialPlugin;
let startedAt: Date;
beforeEach(async () => {
  graph = await startFakeGraph();
  instagram = await instagramOn(`${graph.url}/v23.0`, { INSTAGRAM_ACCOUNT_ID: story.accountId });
  startedAt = new Date(performance.timeOrigin + performance.now());
});
afterEach(() => graph.close());

/** Publishes, and keeps what has to be remembered for the look-up. */
async function publish(over: Partial<typeof story & { accessToken: string; imageUrl: string | undefined }> = {}, aborted = signal()) {
  const remembered: Record<string, string>[] = [];
  const outcome = await instagram.publishStory?.({ ...story, ...over }, {
    signal: aborted,
    remember: async (evidence) => void remembered.push(evidence),
  });
  if (outcome === undefined) throw new Error('no stories');
  expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  return { outcome, evidence: remembered[0] };
}

const find = (evidence: Record<string, string> | undefined, plugin = instagram) =>
  plugin.findStory?.({ accountId: story.accountId, idempotencyKey: story.idempotencyKey, startedAt, evidence }, { signal: signal() });

const online = (): number => graph.state.of(story.accountId).length;
const evidenceOf = (outcome: SendOutcome) => (outcome.outcome === 'unknown' ? outcome.evidence : undefined);

test('a story goes online, with its container remembered before that', async () => {
  const { outcome, evidence } = await publish();
  const [posted] = graph.state.of(story.accountId);
  expect(outcome).toEqual({ outcome: 'accepted', providerId: posted?.id });
  expect(posted).toMatchObject({ product: 'STORY', imageUrl: story.imageUrl });
  expect(evidence).toEqual({ containerId: [...graph.state.containers.keys()][0] });
  expect(await find(evidence)).toEqual({ state: 'published', certain: true, providerId: posted?.id });
});

test('an image still being fetched is waited for', async () => {
  const looks = becoming('FINISHED');
  expect((await publish()).outcome.outcome).toBe('accepted');
  expect(looks()).toBe(3);
});

test('an image Instagram cannot use is refused', async () => {
  becoming('ERROR');
  expect((await publish()).outcome).toMatchObject({ outcome: 'rejected', code: 'image_refused' });
  expect(online()).toBe(0);
});

/** Containers are in progress when made, and change on the third look. */
function becoming(status: 'FINISHED' | 'ERROR'): () => number {
  const add = graph.state.addContainer.bind(graph.state);
  const looks = (): number => graph.calls.filter((call) => call.params.fields === 'status_code').length;
  graph.state.addContainer = (made) => Object.assign(add(made), { status: 'IN_PROGRESS' });
  graph.rules.add({
    when: (request) => {
      if (request.method === 'GET' && looks() === 2) for (const container of graph.state.containers.values()) container.status = status;
      return false;
    },
    fault: { kind: 'cut-before' },
  });
  return looks;
}

test('trouble before publishing is not sent: nothing is visible yet', async () => {
  graph.failNext(1, { path: '/media', status: 500 });
  expect((await publish()).outcome).toMatchObject({ outcome: 'not_sent' });
  graph.rules.add({ when: (request) => request.path.endsWith('/media'), fault: { kind: 'cut-after' }, times: 1 });
  expect((await publish()).outcome).toMatchObject({ outcome: 'not_sent' });
  expect(online()).toBe(0);
});

test.each([
  ['a line cut after the request', { kind: 'cut-after' as const }],
  ['an answer that comes too late', { kind: 'delay' as const, ms: 2_500 }],
])('%s leaves it unknown, and the look-up finds it online', async (_what, fault) => {
  graph.rules.add({ when: (request) => request.path.endsWith('/media_publish'), fault, times: 1 });
  const { outcome } = await publish();
  expect(outcome).toMatchObject({ outcome: 'unknown', evidence: { containerId: expect.any(String) } });
  await until(() => online() === 1, { what: 'the story to be online' });
  expect(online()).toBe(1);
  expect(await find(evidenceOf(outcome))).toMatchObject({ state: 'published', certain: true });
});

test('a 5xx while publishing is unknown too, and the look-up finds it absent', async () => {
  graph.failNext(1, { path: '/media_publish', status: 500 });
  const { outcome, evidence } = await publish();
  expect(outcome).toMatchObject({ outcome: 'unknown', evidence });
  expect(await find(evidence)).toEqual({ state: 'absent' });
  const patient = await instagramOn(graph.url, { INSTAGRAM_ACCOUNT_ID: story.accountId, INSTAGRAM_SETTLE_MS: '60000' });
  expect(await find(evidence, patient)).toMatchObject({ state: 'unsure' });
});

test('a crash that lost the evidence: a story since then counts as ours, an older one does not', async () => {
  expect(await find(undefined)).toEqual({ state: 'absent' });
  graph.state.addPost({ username: 'sevenfold', accountId: story.accountId, product: 'STORY', timestamp: '2020-01-01T00:00:00Z' });
  expect(await find(undefined)).toEqual({ state: 'absent' });
  const { outcome } = await publish();
  const providerId = outcome.outcome === 'accepted' ? outcome.providerId : '';
  expect(await find(undefined)).toEqual({ state: 'published', certain: false, providerId });
  expect(await find({ containerId: 'expired-long-ago' })).toEqual({ state: 'published', certain: false, providerId });
});

test('while Instagram cannot be asked, nobody knows', async () => {
  graph.failNext(2, { status: 503 });
  expect(await find({ containerId: 'c' })).toMatchObject({ state: 'unsure' });
  expect(await find(undefined)).toMatchObject({ state: 'unsure' });
});

test.each([
  [{ status: 400, code: 190 }, { outcome: 'rejected', code: '190' }],
  [{ status: 403, code: 10 }, { outcome: 'rejected', code: '10' }],
  [{ status: 400, code: 9 }, { outcome: 'not_sent' }],
  [{ status: 400, code: 9007 }, { outcome: 'not_sent' }],
])('a clear answer while publishing (%j) is no mystery', async (options, expected) => {
  graph.failNext(1, { path: '/media_publish', ...options, message: `Error validating token ${TOKEN}` });
  expect((await publish()).outcome).toMatchObject(expected);
});

test('too many calls name when to come back', async () => {
  graph.rules.add({ when: () => true, fault: { kind: 'too-many', retryAfterSeconds: 30 }, times: 1 });
  expect((await publish()).outcome).toMatchObject({ outcome: 'not_sent', retryAfterMs: 30_000 });
});

test('what cannot work is not tried', async () => {
  expect((await publish({ imageUrl: undefined })).outcome).toMatchObject({ outcome: 'rejected', code: 'no_image_url' });
  expect((await publish({}, AbortSignal.abort())).outcome).toMatchObject({ outcome: 'not_sent' });
  const tokenless = await instagramOn(graph.url, { INSTAGRAM_ACCESS_TOKEN: TOKEN });
  expect(await tokenless.publishStory?.({ ...story, imageUrl: undefined }, { signal: signal() })).toMatchObject({ outcome: 'rejected' });
  expect(graph.calls).toHaveLength(0);
});

test('what cannot be remembered is not published', async () => {
  const outcome = await instagram.publishStory?.(story, { signal: signal(), remember: async () => Promise.reject(new Error('database down')) });
  expect(outcome).toMatchObject({ outcome: 'not_sent' });
  expect(online()).toBe(0);
});

test('the installation’s token is for its own account: nothing appears on somebody else’s', async () => {
  const installations: Record<string, string>[] = [{}, { INSTAGRAM_ACCOUNT_ID: 'another' }];
  for (const env of installations) {
    const foreign = await instagramOn(graph.url, env);
    expect(await foreign.publishStory?.(story, { signal: signal() })).toMatchObject({ outcome: 'rejected', code: 'no_access_token' });
    expect(await foreign.findStory?.({ ...story, startedAt }, { signal: signal() })).toMatchObject({ state: 'unsure' });
  }
  expect(graph.calls).toHaveLength(0);
});

test('a workspace’s own token is used for its account', async () => {
  await publish({ accessToken: 'workspace-token' });
  expect(new Set(graph.calls.map((call) => call.params.access_token))).toEqual(new Set(['workspace-token']));
});

test('nobody there is not sent', async () => {
  await graph.close();
  expect((await publish()).outcome).toEqual({ outcome: 'not_sent', reason: 'ECONNREFUSED' });
  graph = await startFakeGraph();
});
