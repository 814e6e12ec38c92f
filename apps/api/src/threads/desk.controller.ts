import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { changeThread, countThreads, getThread, markThreadUnread, needsNoAnswer } from '@sevenfold/core/inbox';
import { CurrentMember, CurrentScope } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk } from '../openapi/answers.js';
import { threadChangeSchema, threadCountsSchema, type ThreadChange } from './desk.schemas.js';
import { threadSchema } from './threads.schemas.js';

/** Working through the inbox: whose a thread is, when it comes back, what needs no answer. */
@Controller('v1/threads')
export class DeskController {
  constructor(private readonly db: Database) {}

  @Get('counts')
  @Can('thread.read')
  @ApiAbout('The numbers beside the inbox', 'What sleeps is counted as snoozed only.')
  @ApiOk(threadCountsSchema)
  counts(@CurrentMember() { scope, memberId }: MemberPrincipal) {
    return this.db.reading(scope, (tx) => countThreads(tx, memberId));
  }

  @Patch(':id')
  @Can('thread.reply')
  @ApiAbout('Give a thread to a member, or snooze it', 'A snoozed thread comes back unread at its time, or earlier when the creator writes.')
  @ApiOk(threadSchema)
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: threadChangeSchema }) { assigneeId, snoozedUntil }: ThreadChange) {
    const until = typeof snoozedUntil === 'string' ? new Date(snoozedUntil) : snoozedUntil;
    return this.db.inWorkspace(scope, (tx) => changeThread(tx, id, { assigneeId, snoozedUntil: until }));
  }

  @Post(':id/no-answer-needed')
  @Can('thread.reply')
  @ApiAbout('What the creator wrote needs no answer', 'It is no longer waiting for us.')
  @ApiOk(threadSchema)
  noAnswer(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => needsNoAnswer(tx, id));
  }

  @Post(':id/unread')
  @Can('thread.reply')
  @ApiAbout('Mark a thread unread again', 'For later, or for somebody else of the team.')
  @ApiOk(threadSchema)
  unread(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, async (tx) => {
      await markThreadUnread(tx, id);
      return getThread(tx, id);
    });
  }
}
