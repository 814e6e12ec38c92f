import { proxyActivities, sleep } from '@temporalio/workflow';
import type { StoryActivities } from '../activities.js';
import { outsideOptions } from '../options.js';
import type { CampaignRef } from '../refs.js';

const { postStory } = proxyActivities<StoryActivities>(outsideOptions);

/** Six attempts over about an hour and a half; then the team is told and everything else goes on (E1). */
const maxAttempts = 6;

/** Posts a campaign's story, or tells the team that it could not. */
export async function storyWorkflow(ref: CampaignRef): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const result = await postStory({ ...ref, at: Date.now(), lastTry: attempt === maxAttempts });
    if (result.done) return;
    await sleep(result.retryAfterMs);
  }
}
