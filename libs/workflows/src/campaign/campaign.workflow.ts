import {
  allHandlersFinished, condition, continueAsNew, defineSignal, defineUpdate, proxyActivities, setHandler,
} from '@temporalio/workflow';
import { lifecycleCommands } from '@sevenfold/domain/campaigns';
import type { CampaignActivities, PendingMilestone } from '../activities.js';
import { attempt, putOffMs } from '../attempt.js';
import { historyIsLong } from '../history-limit.js';
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
      const askedAfter = state.taken;
      const { outcome, campaign } = await runCommand({ ...ref, at: Date.now(), commandId });
      state.accept(campaign, askedAfter);
      return outcome;
    });
  }
  setHandler(defineSignal(nudgeSignal), () => state.nudge());

  const load = async (): Promise<void> => {
    const askedAfter = state.taken;
    state.accept(await loadCampaign(ref), askedAfter);
  };
  const run = async ({ key }: PendingMilestone): Promise<void> => {
    const askedAfter = state.taken;
    const campaign = await attempt(`milestone ${key}`, () => runMilestone({ ...ref, at: Date.now(), key }));
    if (campaign) state.accept(campaign, askedAfter);
    state.tried(key, Date.now(), Date.now() + putOffMs);
  };

  await load();
  while (!state.ended) {
    if (historyIsLong()) {
      // Who waits for a command's answer must get it from this run; what comes meanwhile is answered here as well.
      await condition(allHandlersFinished);
      await continueAsNew<typeof campaignWorkflow>(ref);
    }
    if (state.takeChange().reload) await load();
    const next = state.next;
    if (next && next.dueAt <= Date.now()) await run(next);
    else if (next) await condition(() => state.changed, next.dueAt - Date.now());
    else await condition(() => state.changed);
  }
  await condition(allHandlersFinished);
}
