import { Context } from '@temporalio/activity';
import { sendScheduled } from '@sevenfold/core/broadcasts';
import { cleanUp, sweepDue, type DueHandlers } from '@sevenfold/core/engine';
import { attachmentDueHandlers, fallThrough, wakeThread, lookUpDueHandlers, replyClockDueHandlers } from '@sevenfold/core/inbox';
import { sendPush } from '@sevenfold/core/push';
import { resultsDueHandlers } from '@sevenfold/core/results';
import { runStep } from '@sevenfold/core/sequences';
import type { SweepActivities } from '@sevenfold/workflows';
import type { ActivityDeps } from './deps.js';

/** What is done for each kind of small wait, listed. */
const handlers: Omit<DueHandlers, 'delivery.look-up'> = {
  ...resultsDueHandlers, ...attachmentDueHandlers, 'thread.wake': wakeThread, 'sequence.step': runStep, ...replyClockDueHandlers,
  'message.fall-through': fallThrough, 'push.send': sendPush,
  'broadcast.send': (tx, { refId }) => sendScheduled(tx, refId),
};

/** The due-queue, a batch at a time. */
export function sweepActivities({ db, system, logger }: ActivityDeps): SweepActivities {
  const all: DueHandlers = { ...handlers, ...lookUpDueHandlers(system) };
  return {
    async sweepDue() {
      const { handled, nextDueAt } = await sweepDue({ system, db, handlers: all, logger }, 200, Context.current().cancellationSignal);
      if (handled === 0) await cleanUp(system);
      return { handled, nextDueAt: nextDueAt === null ? null : nextDueAt.getTime() };
    },
  };
}
