import { ApplicationFailure } from '@temporalio/common';
import { scheduleDue } from '@sevenfold/core/engine';
import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { until } from '@sevenfold/testing/util';
import { workflowIds } from '@sevenfold/workflows';
import { later, minute, type Recording } from '../recording.js';
import { hasEnded, idOf } from '../watch.js';

let sweeps = 0;

const scheduleOne = async (scenario: Parameters<Recording['play']>[0]): Promise<Date> => {
  const dueAt = await later(scenario, 10 * minute);
  await scenario.as(scenario.owner, (tx) => scheduleDue(tx, { kind: 'results.request', refId: newId(), dedupeKey: newId(), dueAt }));
  await scenario.relay.drainOnce();
  return dueAt;
};

/** A small wait that comes due. */
export const due: Recording = {
  async play(scenario) {
    const dueAt = await scheduleOne(scenario);
    await scenario.advanceTo(new Date(dueAt.getTime() + minute));
    return { 'sweeper-due': workflowIds.sweeper() };
  },
};

/** Nudges until the sweeper goes on in a new run. */
export const nudged: Recording = {
  options: {
    around: (activities) => ({
      ...activities,
      sweepDue: (input) => {
        sweeps += 1;
        return activities.sweepDue(input);
      },
    }),
  },
  async play(scenario) {
    await scheduleOne(scenario);
    for (let nudge = 1; nudge <= 30; nudge += 1) {
      const before = sweeps;
      await scenario.client.workflow.getHandle(workflowIds.sweeper()).signal('nudge');
      await until(() => sweeps > before, { what: 'the sweep after a nudge' });
    }
    return { 'sweeper-continued': workflowIds.sweeper() };
  },
};

/** A milestone that is refused twice, in a workspace whose Slack takes no notices. */
export const refused: Recording = {
  options: {
    announce: async () => {
      throw ApplicationFailure.create({ message: 'announceNotice: channel_not_found', type: 'channel_not_found', nonRetryable: true });
    },
    around: (activities) => {
      let refusals = 0;
      return {
        ...activities,
        runMilestone: async (input) => {
          refusals += 1;
          if (refusals <= 2) throw new DomainError('not_found');
          return activities.runMilestone(input);
        },
      };
    },
  },
  async play(scenario, cast) {
    const { workspaceId } = scenario;
    const campaignId = await cast.draft();
    await scenario.command(campaignId, 'publish');
    await scenario.relay.drainOnce();
    await scenario.skipTo(await later(scenario, 10 * minute));
    await scenario.command(campaignId, 'cancel');
    const recorded = {
      'campaign-milestone-refused': workflowIds.campaign({ workspaceId, campaignId }),
      'notice-given-up': workflowIds.notice({ workspaceId, noticeId: await idOf(scenario, 'select id from notice order by created_at limit 1') }),
    };
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};
