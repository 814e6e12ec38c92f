import { notSent, unknown, type FoundStory, type SendOutcome } from '@sevenfold/plugin-sdk';
import type { Clock } from '@sevenfold/platform/clock';
import type { PdfRenderer } from '@sevenfold/templating';
import type { Database } from '../db/database.js';
import { claimStory, type StoryClaim } from './claim-story.js';
import { storyPosted } from './end-story.js';
import { lockStory } from './lock-story.js';
import { beginAnew, markStory, rememberAttempt } from './mark-story.js';
import type { PostStoryCall } from './post-story.js';
import { storyImage } from './story-image.js';
import { attemptTimeoutMs, storyPlatform } from './story-limits.js';

export interface AttemptCall extends PostStoryCall {
  storyId: string;
  /** Real time: platforms stamp what they publish in it. */
  machineClock: Clock;
}

type Cards = Pick<PdfRenderer, 'htmlToJpeg'>;
export type AttemptResult = 'settled' | 'held' | { attempt: number };

/** Claim, look up, publish, mark: one story. */
export async function attemptStory(db: Database, cards: Cards, call: AttemptCall): Promise<AttemptResult> {
  const { scope, storyId, machineClock } = call;
  const startedAt = await machineClock.now();
  const claim = await db.inWorkspace(scope, (tx) => claimStory(tx, storyId, startedAt));
  if (claim === 'settled') return 'settled';
  if (claim === 'paused') return 'held';
  const again: AttemptResult = { attempt: claim.attempt };
  if (claim.earlier) {
    const found = await lookUp(db, claim, call);
    if (found.state === 'published') return settleFound(db, call, found);
    if (found.state === 'unsure') {
      return (await mark(db, call, claim, unknown(found.reason))) === 'settled' ? 'settled' : again;
    }
    if (!(await db.inWorkspace(scope, (tx) => beginAnew(tx, claim, startedAt)))) return again;
  }
  const outcome = await publish(db, cards, claim, call);
  return (await mark(db, call, claim, outcome)) === 'settled' ? 'settled' : again;
}

function mark(db: Database, { scope, lastTry }: AttemptCall, claim: StoryClaim, outcome: SendOutcome) {
  return db.inWorkspace(scope, (tx) => markStory(tx, claim, outcome, lastTry));
}

/** Never throws: a plugin doesn't, and what fails before it is called has certainly sent nothing. */
async function publish(db: Database, cards: Cards, claim: StoryClaim, call: AttemptCall): Promise<SendOutcome> {
  const plugin = db.services.plugins.social(storyPlatform);
  if (!plugin?.publishStory) return notSent('the plugin is not loaded');
  const image = await storyImage(db, cards, call.scope, claim.storyId).catch(() => null);
  if (!image) return notSent('the image could not be made');
  const story = {
    imageUrl: image.url,
    image: { bytes: image.bytes, contentType: image.contentType },
    ...accessOf(claim),
    idempotencyKey: claim.storyId,
  };
  return plugin.publishStory(story, {
    signal: withTimeout(call.signal),
    remember: (evidence) => db.inWorkspace(call.scope, (tx) => rememberAttempt(tx, claim, evidence)),
  });
}

async function lookUp(db: Database, claim: StoryClaim, call: AttemptCall): Promise<FoundStory> {
  const plugin = db.services.plugins.social(storyPlatform);
  const { storyId, earlier } = claim;
  if (!plugin?.findStory || !earlier) return { state: 'unsure', reason: 'the plugin cannot look stories up' };
  return plugin.findStory({ ...accessOf(claim), idempotencyKey: storyId, ...earlier }, { signal: withTimeout(call.signal) });
}

const accessOf = ({ accountId, accessToken }: StoryClaim) => ({ accountId, ...(accessToken !== undefined && { accessToken }) });

async function settleFound(db: Database, { scope, storyId }: AttemptCall, found: Extract<FoundStory, { state: 'published' }>) {
  await db.inWorkspace(scope, async (tx) => {
    const story = await lockStory(tx, storyId);
    if (story.status !== 'posted') await storyPosted(tx, story, found.providerId, found.certain ? null : 'found_by_time');
  });
  return 'settled' as const;
}

function withTimeout(signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
