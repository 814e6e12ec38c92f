import {
  allHandlersFinished, condition, continueAsNew, defineSignal, defineUpdate, proxyActivities, setHandler, workflowInfo,
} from '@temporalio/workflow';
import { lifecycleCommands } from '@sevenfold/domain/campaigns';
import type { CampaignActivities } from '../activities.js';
import { nudgeSignal, type CommandAnswer, type CommandInput } from '../names.js';
import { factOptions } from '../options.js';
import type { CampaignRef } from '../refs.js';
import { CampaignState } from './campaign-state.js';

const { loadCampaign, runCommand, runMilestone } = proxyActivities<CampaignActivities>(factOptions);

/**
 * The interpreter of a campaign's schedule: waits for the next instant or the next command, whichever comes first, and
 * does it. Every decision is made, and remembered, in the row; a refused publication leaves it waiting for the next try.
 */
export async function campaignWorkflow(ref: CampaignRef): Promise<void> {
  const state = new CampaignState();
  for (const command of lifecycleCommands) {
    setHandler(defineUpdate<CommandAnswer, [CommandInput]>(command), async ({ commandId }) => {
      const { outcome, campaign } = await runCommand({ ...ref, at: Date.now(), commandId });
      state.accept(campaign);
      return outcome;
    });
  }
  setHandler(defineSignal(nudgeSignal), () => state.nudge());

  state.accept(await loadCampaign(ref));
  while (!state.ended) {
    if (state.takeChange().reload) state.accept(await loadCampaign(ref));
    const next = state.next;
    const due = next && next.dueAt <= Date.now();
    if (due) state.accept(await runMilestone({ ...ref, at: Date.now(), key: next.key }));
    else if (next) await condition(() => state.changed, next.dueAt - Date.now());
    else await condition(() => state.changed);
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof campaignWorkflow>(ref);
    }
  }
  await condition(allHandlersFinished);
}
