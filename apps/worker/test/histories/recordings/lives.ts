import { deleteDraft, updateCampaign } from '@sevenfold/core/campaigns';
import type { LifecycleCommand } from '@sevenfold/domain/campaigns';
import { workflowIds } from '@sevenfold/workflows';
import type { Cast } from '../../campaign-factory.js';
import type { Scenario } from '../../harness.js';
import { hour, later, minute, type Recording } from '../recording.js';
import { hasEnded } from '../watch.js';

/** Campaigns that end in other ways than the ordinary one. */
export const lives: Recording = {
  async play(scenario, cast) {
    const workflow = (campaignId: string): string => workflowIds.campaign({ workspaceId: scenario.workspaceId, campaignId });
    const recorded = {
      'campaign-cancelled-as-draft': workflow(await lived(scenario, cast, ['cancel'])),
      'campaign-cancelled-when-published': workflow(await lived(scenario, cast, ['publish', 'cancel'])),
      'campaign-cancelled-when-closed': workflow(await lived(scenario, cast, ['publish', 'close', 'cancel'])),
      'campaign-publish-refused-then-published': workflow(await publishedAtLast(scenario, cast)),
      'campaign-draft-deleted': workflow(await deleted(scenario, cast)),
      'campaign-closed-early-and-started': workflow(await closedEarly(scenario, cast)),
      'campaign-rescheduled': workflow(await rescheduled(scenario, cast)),
      // Thirty presses of a button that is not open yet.
      'campaign-continued': workflow(await lived(scenario, cast, ['publish', ...Array.from({ length: 30 }, () => 'start' as const), 'cancel'])),
    };
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};

async function lived(scenario: Scenario, cast: Cast, commands: readonly LifecycleCommand[]): Promise<string> {
  const campaignId = await cast.draft();
  for (const command of commands) await scenario.command(campaignId, command);
  return campaignId;
}

async function publishedAtLast(scenario: Scenario, cast: Cast): Promise<string> {
  const campaignId = await cast.draft({ brief: undefined });
  await scenario.command(campaignId, 'publish');
  await scenario.as(scenario.owner, (tx) => updateCampaign(tx, campaignId, { brief: 'Show how you start your day.' }));
  await scenario.command(campaignId, 'publish');
  await scenario.command(campaignId, 'cancel');
  return campaignId;
}

async function deleted(scenario: Scenario, cast: Cast): Promise<string> {
  const campaignId = await cast.draft({ brief: undefined });
  await scenario.command(campaignId, 'publish');
  await scenario.as(scenario.owner, (tx) => deleteDraft(tx, campaignId));
  return campaignId;
}

async function closedEarly(scenario: Scenario, cast: Cast): Promise<string> {
  const creator = await cast.creator('Evangeline', 'email');
  const campaignId = await cast.draft();
  await scenario.command(campaignId, 'publish');
  await cast.move((await cast.apply(campaignId, creator)).applicationId, 'selected');
  await scenario.command(campaignId, 'send-agreements');
  await scenario.settle();
  await cast.sign(campaignId, creator);
  await scenario.command(campaignId, 'close');
  await scenario.command(campaignId, 'start');
  await scenario.settle();
  return campaignId;
}

async function rescheduled(scenario: Scenario, cast: Cast): Promise<string> {
  const campaignId = await cast.draft();
  await scenario.command(campaignId, 'publish');
  const close = await later(scenario, 30 * hour);
  const select = await later(scenario, 5 * hour);
  await scenario.command(campaignId, 'reschedule', {
    input: { milestones: [{ key: 'select', at: select.toISOString() }, { key: 'close', at: close.toISOString() }] },
  });
  await scenario.advanceTo(new Date(close.getTime() + minute));
  await scenario.command(campaignId, 'cancel');
  return campaignId;
}
