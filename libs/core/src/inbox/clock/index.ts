import type { DueHandler } from '../../engine/sweeper/due-handlers.js';
import { remindToReply, replyIsOverdue } from './remind.js';

/** The small waits of the reply clock. */
export const replyClockDueHandlers = { 'reply.remind': remindToReply, 'reply.overdue': replyIsOverdue } satisfies Record<string, DueHandler>;
