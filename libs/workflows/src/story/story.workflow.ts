import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { StoryActivities } from '../activities.js';
import { historyIsLong } from '../history-limit.js';
import { nudgeBell } from '../nudge-bell.js';
import { outsideOptions } from '../options.js';
import type { CampaignRef } from '../refs.js';

const { postStory } = proxyActivities<StoryActivities>(outsideOptions);

/** Six attempts over about an hour and a half; then the team is told and everything else goes on (E1). */
const maxAttempts = 6;

/**
 * Posts a campaign's story, or tells the team that it could not. While the campaign is paused it waits for its resumption,
 * and that costs no attempt.
 * @param made attempts of the run before
 */
export async function storyWorkflow(ref: CampaignRef, made = 0): Promise<void> {
  const bell = nudgeBell();
  let attempt = made + 1;
  while (!historyIsLong()) {
    bell.answer();
    const result = await postStory({ ...ref, at: Date.now(), lastTry: attempt === maxAttempts });
    if (result.done) return;
    if (!result.held) attempt += 1;
    if (attempt > maxAttempts) return;
    await bell.wait(result.retryAfterMs);
  }
  await continueAsNew<typeof storyWorkflow>(ref, attempt - 1);
}
