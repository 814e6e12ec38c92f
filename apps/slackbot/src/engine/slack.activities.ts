import { Context } from '@temporalio/activity';
import type { Announcer } from '../announce/announcer.js';

/** The activities of the task queue `slack`: the engine asks, the bot posts. */
export function slackActivities(announcer: Announcer) {
  return {
    announceNotice: (ref: { workspaceId: string; noticeId: string }): Promise<void> => {
      const { attempt, scheduledTimestampMs } = Context.current().info;
      return announcer.announce(ref, { attempt, since: scheduledTimestampMs });
    },
  };
}
