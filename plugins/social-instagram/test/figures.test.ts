import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SocialPlugin } from '@sevenfold/plugin-sdk';
import { type FakeGraph, startFakeGraph } from '@sevenfold/testing/graph';
import { instagramOn, NOW, signal } from './setup.js';

let graph: FakeGraph;
let instagram: SocialPlugin;
beforeEach(async () => {
  graph = await startFakeGraph();
  instagram = await instagramOn(graph.url, { INSTAGRAM_ACCOUNT_ID: '1784' });
});
afterEach(() => graph.close());

const postOf = (username: string): string => graph.state.addPost({ username }).permalink;

test('the connected owner’s post gives all figures', async () => {
  const postUrl = postOf('ada');
  expect(await instagram.fetchPostFigures({ postUrl, accountId: 'ada', accessToken: 'ada-token' }, { signal: signal() })).toEqual({
    figures: { views: 1200, reach: 900, likes: 80, comments: 12, saves: 7, shares: 5 },
    missing: {},
    fetchedAt: NOW,
  });
});

test('anybody’s public post gives likes and comments; for the rest the creator is needed', async () => {
  const postUrl = postOf('ada');
  const needed = 'needs_creator_access';
  expect(await instagram.fetchPostFigures({ postUrl, username: '@Ada' }, { signal: signal() })).toMatchObject({
    figures: { likes: 80, comments: 12 },
    missing: { views: needed, reach: needed, saves: needed, shares: needed },
  });
});

test('a workspace’s own account looks public posts up, where it brings a token', async () => {
  const ask = (lookUpBy: { accountId: string; accessToken?: string }) =>
    instagram.fetchPostFigures({ postUrl: postOf('ada'), username: 'ada', metrics: ['likes'], lookUpBy }, { signal: signal() });
  expect(await ask({ accountId: '1999', accessToken: 'workspace-token' })).toMatchObject({ figures: { likes: 80 } });
  expect(graph.calls.at(-1)).toMatchObject({ params: { access_token: 'workspace-token' } });
  await ask({ accountId: '1999' });
  expect(graph.calls.at(-1)?.params.access_token).not.toBe('workspace-token');
});

test('only the wanted metrics are answered, each by a figure or a reason', async () => {
  const answer = await instagram.fetchPostFigures({ postUrl: postOf('ada'), username: 'ada', metrics: ['likes', 'link_clicks', 'reach'] }, { signal: signal() });
  expect(answer).toMatchObject({ figures: { likes: 80 }, missing: { link_clicks: 'not_offered', reach: 'needs_creator_access' } });
});

test.each([
  ['https://www.instagram.com/p/Nothing123/', 'post_not_found'],
  ['https://www.instagram.com/stories/ada/123456/', 'post_not_found'],
  ['https://example.com/p/Nothing123/', 'post_not_found'],
])('%s gives %s', async (postUrl, reason) => {
  postOf('ada');
  expect((await instagram.fetchPostFigures({ postUrl, username: 'ada', metrics: ['likes'] }, { signal: signal() })).missing).toEqual({ likes: reason });
});

test('who is asked about whom is needed', async () => {
  const postUrl = postOf('ada');
  expect((await instagram.fetchPostFigures({ postUrl, metrics: ['likes'] }, { signal: signal() })).missing).toEqual({ likes: 'needs_creator_access' });
  const unknownUser = await instagram.fetchPostFigures({ postUrl, username: 'nobody', metrics: ['likes'] }, { signal: signal() });
  expect(unknownUser.missing).toEqual({ likes: 'post_not_found' });
  const injected = await instagram.fetchPostFigures({ postUrl, username: 'ada){followers_count}', metrics: ['likes'] }, { signal: signal() });
  expect(injected.missing).toEqual({ likes: 'post_not_found' });
});

test('trouble is unavailable, not zero', async () => {
  graph.failNext(1, { status: 500 });
  const answer = await instagram.fetchPostFigures({ postUrl: postOf('ada'), username: 'ada', metrics: ['likes'] }, { signal: signal() });
  expect(answer).toMatchObject({ figures: {}, missing: { likes: 'unavailable' } });
});

test('health asks for the configured account', async () => {
  expect(await instagram.health()).toEqual({ ok: true });
  graph.failNext(1, { status: 400, code: 190 });
  expect(await instagram.health()).toEqual({ ok: false, detail: 'Instagram: HTTP 400, Graph 190' });
});
