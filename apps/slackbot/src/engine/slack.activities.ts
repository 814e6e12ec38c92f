import { Context } from '@temporalio/activity';
import type { Announcer } from '../announce/announcer.js';

/** The activities of the task queue `slack`: the engine asks, the bot posts. */
export function slackActivities(announcer: Announcer) {
  return {
    announceNotice: (ref: { workspaceId: string; noticeId: string }): Promise<void> =>
      announcer.announce(ref, Context.current().info.attempt),
  };
}
