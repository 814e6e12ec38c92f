import type { SendOutcome } from '@sevenfold/plugin-sdk';
import type { Tx } from '../db/tx.js';
import type { StoryClaim } from './claim-story.js';
import { failStory, storyPosted } from './end-story.js';
import { lockStory } from './lock-story.js';

export type Marked = 'settled' | 'again';

/**
 * Marks what became of an attempt. That it was published is believed whoever says so; anything else only from the holder
 * of the claim.
 * @param lastTry nobody will come again: what is not settled has failed
 */
export async function markStory(tx: Tx, { storyId, claim }: StoryClaim, outcome: SendOutcome, lastTry: boolean): Promise<Marked> {
  const story = await lockStory(tx, storyId);
  if (story.status === 'posted') return 'settled';
  if (outcome.outcome === 'accepted') {
    await storyPosted(tx, story, outcome.providerId);
    return 'settled';
  }
  if (story.claim !== claim) return 'again';
  if (outcome.outcome === 'rejected') {
    await failStory(tx, story, outcome.code);
    return 'settled';
  }
  if (lastTry) {
    await failStory(tx, story, outcome.outcome === 'unknown' ? 'unknown_outcome' : outcome.reason);
    return 'settled';
  }
  story.reason = outcome.reason;
  if (outcome.outcome === 'not_sent') Object.assign(story, { status: 'waiting', evidence: null });
  // Even without anything to remember it may be online: the next attempt looks first.
  else story.evidence = { ...story.evidence, ...outcome.evidence };
  await tx.em.flush();
  return 'again';
}

/**
 * Stores, right before the irreversible step, what it takes to find the story again.
 * @throws Error when somebody else has claimed the story meanwhile: then it must not be published
 */
export async function rememberAttempt(tx: Tx, { storyId, claim }: StoryClaim, evidence: Record<string, string>): Promise<void> {
  const held = await tx.em.execute<{ id: string }[]>(
    `update story set evidence = ?::jsonb where id = ? and claim = ? and status = 'posting' returning id`,
    [JSON.stringify(evidence), storyId, claim],
  );
  if (held.length === 0) throw new Error('Another attempt has taken over this story');
}

/** The look-up says it is not online: the claim becomes that of a new attempt. False when somebody else has taken over. */
export async function beginAnew(tx: Tx, { storyId, claim }: StoryClaim, attemptedAt: Date): Promise<boolean> {
  const held = await tx.em.execute<{ id: string }[]>(
    `update story set evidence = null, attempted_at = ?, attempts = attempts + 1
      where id = ? and claim = ? and status = 'posting' returning id`,
    [attemptedAt, storyId, claim],
  );
  return held.length > 0;
}
