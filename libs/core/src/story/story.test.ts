import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, notSent, rejected, unknown, type FoundStory, type SendOutcome, type SocialPlugin, type StoryContext, type StoryEvidence, type StoryRequest } from '@sevenfold/plugin-sdk';
import { campaignWorld, type CampaignWorld } from '@sevenfold/testing/campaigns';
import { blobsOf } from '../files/index.js';
import { listNotices } from '../notices/index.js';
import { changeWorkspace } from '../workspaces/index.js';
import { postStory, publicStoryImage } from './index.js';

/** A platform that answers as the test says and counts what became visible. */
const published: StoryRequest[] = [];
let answer: (story: StoryRequest, context: StoryContext) => Promise<SendOutcome>;
let found: FoundStory;
let looked = 0;
const lookedBy: StoryEvidence[] = [];
const instagram: SocialPlugin = {
  platform: 'instagram', label: 'Instagram', figures: [],
  publishStory: (story, context) => answer(story, context),
  findStory: async (evidence) => {
    lookedBy.push(evidence);
    looked += 1;
    return found;
  },
  fetchPostFigures: async () => ({ figures: {}, missing: {}, fetchedAt: new Date(0) }),
  normaliseProfile: () => ({ ok: false, reason: 'none' }),
  health: async () => ({ ok: true }),
  close: async () => {},
};
const publishes: typeof answer = async (story, context) => {
  await context.remember?.({ containerId: 'c1' });
  published.push(story);
  return accepted('story-1');
};
const cards = { htmlToJpeg: async () => Buffer.from('jpeg') };

let world: CampaignWorld;
beforeAll(async () => {
  world = await campaignWorld({ socials: [instagram] });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.clock.set(new Date('2026-11-23T09:00:00Z'));
  await world.rows(`update workspace set settings = '{"instagramAccountId":"a1"}', sealed_instagram_token = null`);
  published.length = 0;
  looked = 0;
  answer = publishes;
  found = { state: 'absent' };
});

const requested = async (fields: Parameters<CampaignWorld['addDraft']>[0] = {}) => {
  const id = await world.addPublished(fields);
  world.clock.advance(5 * 60_000);
  await world.milestone(id, 'story');
  return id;
};
const post = (campaignId: string, lastTry = false) => postStory(world.db, cards, { scope: world.scope, campaignId, lastTry });
const stories = (id: string) =>
  world.rows<{ id: string; status: string; reason: string | null }>('select id, status, reason from story where campaign_id = ? order by position', [id]);
const notices = (id: string) => world.rows(`select 1 from notice where campaign_id = ? and kind = 'story-failed'`, [id]);

describe('the account of the workspace', () => {
  test('publishes by its own token, which is looked up by as well and stands nowhere in the clear', async () => {
    await world.run((tx) => changeWorkspace(tx, { instagramAccountId: '17841', instagramAccessToken: 'EAAB-own-token' }));
    const id = await requested();
    answer = async (story, context) => {
      await context.remember?.({ containerId: 'c1' });
      published.push(story);
      return unknown('cut');
    };
    await post(id);
    found = { state: 'published', providerId: 's1', certain: true };
    await post(id);
    expect(published).toMatchObject([{ accountId: '17841', accessToken: 'EAAB-own-token' }]);
    expect(lookedBy.at(-1)).toMatchObject({ accountId: '17841', accessToken: 'EAAB-own-token' });
    const kept = await world.rows(`select w::text from workspace w union all select a::text from audit_entry a union all select s::text from story s union all select o::text from outbox_item o`);
    expect(JSON.stringify(kept)).not.toContain('EAAB');
    // Another account, no token: the old one is not carried over.
    await world.run((tx) => changeWorkspace(tx, { instagramAccountId: '17842' }));
    answer = publishes;
    await post(await requested());
    expect(published.at(-1)).not.toHaveProperty('accessToken');
  });

  test('without any token the story fails, the team is told why, and nothing else stops', async () => {
    const id = await requested();
    answer = async () => rejected('no_access_token', 'no access token for this account');
    expect(await post(id)).toEqual({ done: true });
    expect(await stories(id)).toMatchObject([{ status: 'failed', reason: 'no_access_token' }]);
    const told = await world.run((tx) => listNotices(tx, { limit: 5 }, { campaignId: id, kind: 'story-failed' }));
    expect(told.data[0]?.text).toContain('no access token for the workspace’s Instagram account');
  });
});

describe('the story', () => {
  test('shows a generated card at a public address when no image is allowed', async () => {
    const id = await requested();
    expect(await post(id)).toEqual({ done: true });
    expect(await post(id)).toEqual({ done: true });
    expect(published).toHaveLength(1);
    const [, storyId = '', hash = ''] = /\/v1\/public\/stories\/([^/]+)\/([0-9a-f]{64})$/.exec(published[0]?.imageUrl ?? '') ?? [];
    const image = await publicStoryImage(world.system, world.db, storyId, hash);
    expect(Buffer.from(image.bytes).toString()).toBe('jpeg');
    await expect(publicStoryImage(world.system, world.db, storyId, hash.replace(/./, 'x'))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('shows each image the campaign allows, and no other', async () => {
    const blobs: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      blobs.push((await world.run((tx) => blobsOf(tx).put({ bytes: Buffer.from(text), contentType: 'image/jpeg' }))).id);
    }
    const images = blobs.map((fileId, index) => ({ fileId, storyAllowed: index !== 1 }));
    const id = await requested({ images });
    await post(id);
    expect(published).toHaveLength(2);
  });

  test('that could not be posted is tried again later, in the end shown to the team, and nothing else stops', async () => {
    const id = await requested();
    answer = async () => notSent('the platform is away');
    expect(await post(id)).toEqual({ done: false, retryAfterMs: 60_000 });
    expect(await post(id)).toEqual({ done: false, retryAfterMs: 240_000 });
    expect(await notices(id)).toHaveLength(0);
    expect(await post(id, true)).toEqual({ done: true });
    expect(await stories(id)).toMatchObject([{ status: 'failed', reason: 'the platform is away' }]);
    expect(await notices(id)).toHaveLength(1);
  });

  test('refused for good is not tried again', async () => {
    const id = await requested();
    answer = async () => rejected('image_refused', 'no');
    expect(await post(id)).toEqual({ done: true });
    expect(await notices(id)).toHaveLength(1);
  });

  test('whose end is unknown is looked up before anything is posted again', async () => {
    const id = await requested();
    answer = async (story, context) => {
      await context.remember?.({ containerId: 'c1' });
      published.push(story);
      return unknown('the line broke');
    };
    expect(await post(id)).toMatchObject({ done: false });
    found = { state: 'unsure', reason: 'ask again' };
    expect(await post(id)).toMatchObject({ done: false });
    found = { state: 'published', providerId: 's9', certain: true };
    expect(await post(id)).toEqual({ done: true });
    expect(looked).toBe(2);
    expect(published).toHaveLength(1);
    expect(await stories(id)).toMatchObject([{ status: 'posted' }]);
  });

  test('of a process that died in the middle is posted once, whenever it died', async () => {
    const id = await requested();
    const die = new Error('killed');
    answer = async () => {
      throw die;
    };
    await expect(post(id)).rejects.toBe(die);
    answer = async (_story, context) => {
      await context.remember?.({ containerId: 'c1' });
      throw die;
    };
    await expect(post(id)).rejects.toBe(die);
    expect(looked).toBe(0);
    answer = publishes;
    expect(await post(id)).toEqual({ done: true });
    expect(looked).toBe(1);
    expect(published).toHaveLength(1);
  });

  test('taken over by another attempt may not be published by the slow one', async () => {
    const id = await requested();
    let goOn: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    answer = async (story, context) => {
      await waiting;
      try {
        await context.remember?.({ containerId: 'slow' });
      } catch {
        return notSent('could not be remembered');
      }
      published.push(story);
      return accepted('slow');
    };
    const slow = post(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    answer = publishes;
    expect(await post(id)).toEqual({ done: true });
    goOn();
    await slow;
    expect(published).toHaveLength(1);
    expect(await stories(id)).toMatchObject([{ status: 'posted' }]);
  });

  test('is not posted for a campaign that is closed, and fails without an account', async () => {
    const closed = await requested();
    await world.command('close', closed);
    await post(closed);
    expect(await stories(closed)).toMatchObject([{ status: 'skipped' }]);
    await world.rows(`update workspace set settings = '{}'`);
    const id = await requested();
    await post(id);
    expect(await stories(id)).toMatchObject([{ status: 'failed', reason: 'no_account' }]);
    expect(published).toHaveLength(0);
  });
});
