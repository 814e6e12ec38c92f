import { proxyActivities } from '@temporalio/workflow';
import type { SlackActivities } from '../activities.js';
import { attempt } from '../attempt.js';
import type { NoticeRef } from '../refs.js';
import { slackQueue } from '../task-queues.js';

const { announceNotice } = proxyActivities<SlackActivities>({
  taskQueue: slackQueue,
  startToCloseTimeout: '30 seconds',
  // A day of Slack being away; older news is in the console and not worth posting.
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Tells the team in Slack what a notice says, if it can. The bot looks in the channel's history before it posts again. */
export async function noticeWorkflow(ref: NoticeRef): Promise<void> {
  await attempt('the announcement', () => announceNotice(ref));
}
