import { newId } from '@sevenfold/platform/ids';
import { Campaign } from '../campaigns/campaign.entity.js';
import type { Tx } from '../db/tx.js';
import { instagramAccess } from '../workspaces/instagram-access.js';
import { failStory, skipStory } from './end-story.js';
import { lockStory } from './lock-story.js';
import { storyPlatform } from './story-limits.js';
import type { Story } from './story.entity.js';

/** One attempt's right to act on a story. */
export interface StoryClaim {
  storyId: string;
  /** Whoever claims after us makes ours void: then we may not publish any more. */
  claim: string;
  accountId: string;
  /** The account's own token; kept nowhere. */
  accessToken?: string;
  attempt: number;
  /** An earlier attempt may have published: it must be looked up first. */
  earlier: { startedAt: Date; evidence: Record<string, string> } | null;
}

export type ClaimResult = StoryClaim | 'settled' | 'paused';

/**
 * Claims a story for one attempt. Settles what needs none: a story of a campaign that nobody can apply to any more is
 * skipped, one without an account to post on has failed.
 * An attempt that died before it left evidence has published nothing and, its claim being void, never will.
 * @param attemptedAt on the machine's clock
 */
export async function claimStory(tx: Tx, storyId: string, attemptedAt: Date): Promise<ClaimResult> {
  const story = await lockStory(tx, storyId);
  if (story.status !== 'waiting' && story.status !== 'posting') return 'settled';
  const campaign = await tx.em.findOneOrFail(Campaign, { id: story.campaignId }, { refresh: true });
  const earlier = earlierAttempt(story);
  if (!earlier) {
    if (campaign.status !== 'published') return settled(() => skipStory(tx, story, 'campaign_closed'));
    if (campaign.pausedAt) return 'paused';
  }
  const access = await instagramAccess(tx);
  if (!access) return settled(() => failStory(tx, story, 'no_account'));
  if (!tx.services.plugins.social(storyPlatform)?.publishStory) return settled(() => failStory(tx, story, 'no_plugin'));
  story.status = 'posting';
  story.claim = newId();
  if (!earlier) {
    story.attempts += 1;
    story.attemptedAt = attemptedAt;
  }
  await tx.em.flush();
  return { storyId, claim: story.claim, ...access, attempt: story.attempts, earlier };
}

function earlierAttempt({ status, evidence, attemptedAt }: Story): StoryClaim['earlier'] {
  return status === 'posting' && evidence && attemptedAt ? { startedAt: attemptedAt, evidence } : null;
}

async function settled(end: () => Promise<void>): Promise<'settled'> {
  await end();
  return 'settled';
}
