import { Context } from '@temporalio/activity';
import { cleanUp, sweepDue, type DueHandlers } from '@sevenfold/core/engine';
import { attachmentDueHandlers, fallThrough, wakeThread } from '@sevenfold/core/inbox';
import { sendPush } from '@sevenfold/core/push';
import { resultsDueHandlers } from '@sevenfold/core/results';
import type { SweepActivities } from '@sevenfold/workflows';
import type { ActivityDeps } from './deps.js';

/** What is done for each kind of small wait, listed. */
const handlers: DueHandlers = {
  ...resultsDueHandlers, ...attachmentDueHandlers, 'thread.wake': wakeThread,
  'message.fall-through': fallThrough, 'push.send': sendPush,
};

/** The due-queue, a batch at a time. */
export function sweepActivities({ db, system, logger }: ActivityDeps): SweepActivities {
  return {
    async sweepDue() {
      const { handled, nextDueAt } = await sweepDue({ system, db, handlers, logger }, 200, Context.current().cancellationSignal);
      if (handled === 0) await cleanUp(system);
      return { handled, nextDueAt: nextDueAt === null ? null : nextDueAt.getTime() };
    },
  };
}
