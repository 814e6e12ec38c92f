import { accepted, notSent } from '@sevenfold/plugin-sdk';
import { workflowIds } from '@sevenfold/workflows';
import type { Cast } from '../../campaign-factory.js';
import type { Scenario } from '../../harness.js';
import { connectInstagram, instagram } from '../instagram.js';
import { hour, later, minute, type Recording } from '../recording.js';
import { hasEnded, wasDone } from '../watch.js';

/** How many more times posting does not work. */
let failures = 0;
const social = instagram(async () => {
  failures -= 1;
  return failures >= 0 ? notSent('busy') : accepted('story-1');
});

/** Stories that do not go out at the first try. */
export const stories: Recording = {
  options: { socials: [social] },
  async play(scenario, cast) {
    await connectInstagram(scenario);
    const recorded = {
      'story-retried': await requested(scenario, cast, 2),
      'story-given-up': await requested(scenario, cast, 100),
      'story-held': await held(scenario, cast),
    };
    return recorded;
  },
};

/** Publishes a campaign whose story fails so many times, and waits for the story's end. */
async function requested(scenario: Scenario, cast: Cast, times: number): Promise<string> {
  const story = await begun(scenario, cast, times);
  await scenario.skipTo(await later(scenario, 3 * hour));
  await hasEnded(scenario, story.workflowId);
  await scenario.command(story.campaignId, 'cancel');
  return story.workflowId;
}

async function held(scenario: Scenario, cast: Cast): Promise<string> {
  const { campaignId, workflowId } = await begun(scenario, cast, 1);
  await scenario.command(campaignId, 'pause');
  await scenario.skipTo(await later(scenario, 90 * minute));
  await scenario.command(campaignId, 'resume');
  await hasEnded(scenario, workflowId);
  await scenario.command(campaignId, 'cancel');
  return workflowId;
}

async function begun(scenario: Scenario, cast: Cast, times: number): Promise<{ campaignId: string; workflowId: string }> {
  failures = times;
  const campaignId = await cast.draft();
  await scenario.command(campaignId, 'publish');
  await scenario.advanceTo(await later(scenario, 6 * minute));
  const workflowId = workflowIds.story({ workspaceId: scenario.workspaceId, campaignId });
  await wasDone(scenario, workflowId);
  return { campaignId, workflowId };
}
