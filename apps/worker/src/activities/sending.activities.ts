import { Context } from '@temporalio/activity';
import { sendBatch } from '@sevenfold/core/broadcasts';
import { sendOne } from '@sevenfold/core/inbox';
import type { BroadcastActivities, SendingActivities } from '@sevenfold/workflows';
import type { ActivityDeps } from './deps.js';

/** Messages on their way, one by one and in batches. The delivery rows are the checkpoint, so any attempt may be cut off. */
export function sendingActivities({ db }: ActivityDeps): SendingActivities & BroadcastActivities {
  return {
    sendMessage: ({ workspaceId, messageId }) =>
      sendOne(db, { workspaceId, messageId }, { signal: Context.current().cancellationSignal }),

    sendBatch: ({ workspaceId, broadcastId, lane }) =>
      sendBatch(
        db,
        { workspaceId, broadcastId, ...(lane !== undefined && { lane }) },
        { signal: Context.current().cancellationSignal, heartbeat: (counts) => Context.current().heartbeat(counts) },
      ),
  };
}
