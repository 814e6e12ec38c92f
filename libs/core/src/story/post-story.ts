import { scaleWindow, type Schedule } from '@sevenfold/domain/schedule';
import { systemClock } from '@sevenfold/platform/clock';
import type { PdfRenderer } from '@sevenfold/templating';
import type { Database } from '../db/database.js';
import type { Scope } from '../db/tx.js';
import { attemptStory } from './attempt-story.js';
import { pausesMs, shortestPauseMs } from './story-limits.js';

/** Only for a bell that was lost. */
const whilePausedMs = 3_600_000;

export interface PostStoryCall {
  scope: Scope;
  campaignId: string;
  /** Nobody will come again: what cannot be posted now has failed, and the team is told. */
  lastTry: boolean;
  signal?: AbortSignal;
}

/** Done, or come again after a while. `held`: nothing was tried, the campaign is paused; resuming rings. */
export type StoryResult = { done: true } | { done: false; retryAfterMs: number; held?: boolean };

/**
 * One attempt at each story of a campaign that is not settled. Every call to the platform lies outside a transaction,
 * between a claim and a mark; what an earlier attempt may have published is looked up before anything is published again.
 */
export async function postStory(db: Database, cards: Pick<PdfRenderer, 'htmlToJpeg'>, call: PostStoryCall): Promise<StoryResult> {
  const { open, schedule } = await openStories(db, call);
  const attempts: number[] = [];
  for (const storyId of open) {
    const result = await attemptStory(db, cards, { ...call, storyId, machineClock: systemClock });
    if (result === 'held') return { done: false, retryAfterMs: whilePausedMs, held: true };
    if (result !== 'settled') attempts.push(result.attempt);
  }
  if (attempts.length === 0 || call.lastTry) return { done: true };
  const pause = pausesMs[Math.min(Math.max(...attempts), pausesMs.length) - 1] ?? pausesMs[0];
  return { done: false, retryAfterMs: Math.max(shortestPauseMs, scaleWindow(pause, schedule)) };
}

async function openStories(db: Database, { scope, campaignId }: PostStoryCall) {
  return db.inWorkspace(scope, async (tx) => {
    const rows = await tx.em.execute<{ id: string }[]>(
      `select id from story where campaign_id = ? and status in ('waiting', 'posting') order by position`,
      [campaignId],
    );
    const [campaign] = await tx.em.execute<{ schedule: Schedule | null }[]>('select schedule from campaign where id = ?', [campaignId]);
    const schedule: Pick<Schedule, 'day'> = campaign?.schedule ?? { day: 'calendar' };
    return { open: rows.map(({ id }) => id), schedule };
  });
}
