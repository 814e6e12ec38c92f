import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { estimate, getThread, listMessages, listThreads, markThreadRead, replyInThread } from '@sevenfold/core/inbox';
import { CurrentMember, CurrentScope } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { CommandId } from '../idempotency/command-id.js';
import { ApiAbout, ApiMade, ApiOk, ApiPage } from '../openapi/answers.js';
import { InboxSearch } from './inbox-search.js';
import { type EstimateQuery, estimateQuerySchema, estimateSchema, listedThreadSchema, messageSchema, replySchema, threadQuery, threadSchema, type Reply, type ThreadQuery } from './threads.schemas.js';

/** The inbox: one thread per creator, whatever they write by. */
@Controller('v1/threads')
export class ThreadsController {
  constructor(
    private readonly db: Database,
    private readonly search: InboxSearch,
  ) {}

  @Get()
  @Can('thread.read')
  @ApiAbout('The inbox, the latest message first')
  @ApiPage(listedThreadSchema)
  list(@CurrentMember() { scope, memberId }: MemberPrincipal, @Query({ schema: threadQuery }) { cursor, limit, q, ...asked }: ThreadQuery) {
    const filter = {
      ...asked,
      assignee: asked.assignee === 'me' ? memberId : asked.assignee,
      snoozed: asked.snoozed === 'all' ? undefined : asked.snoozed === 'true',
    };
    if (q !== undefined) return this.search.find(scope, q, { cursor, limit }, filter);
    return this.db.reading(scope, (tx) => listThreads(tx, { cursor, limit }, filter));
  }

  @Get(':id')
  @Can('thread.read')
  @ApiAbout('One thread')
  @ApiOk(threadSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getThread(tx, id));
  }

  @Get(':id/messages')
  @Can('thread.read')
  @ApiAbout('The messages of a thread, the latest first')
  @ApiPage(messageSchema)
  messages(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => listMessages(tx, id, page));
  }

  @Post(':id/messages')
  @Can('thread.reply')
  @ApiAbout('Write to the creator', 'It is queued; its state is in the message.')
  @ApiMade(messageSchema)
  reply(
    @CurrentMember() { scope, memberId }: MemberPrincipal,
    @Id() id: string,
    @CommandId() dedupeKey: string,
    @Body({ schema: replySchema }) body: Reply,
  ) {
    return this.db.inWorkspace(scope, (tx) => replyInThread(tx, { ...body, threadId: id, memberId, dedupeKey }));
  }

  @Post('estimate')
  @Can('thread.reply')
  @ApiAbout('What a text would cost', 'On the channels that charge by the piece. Sends and stores nothing.')
  @ApiOk(estimateSchema)
  estimate(@CurrentScope() scope: Scope, @Body({ schema: estimateQuerySchema }) { text }: EstimateQuery) {
    return this.db.inWorkspace(scope, async (tx) => ({ channels: estimate(tx, text) }));
  }

  @Post(':id/read')
  @Can('thread.reply')
  @ApiAbout('The team has read a thread')
  @ApiOk(threadSchema)
  read(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, async (tx) => {
      await markThreadRead(tx, id);
      return getThread(tx, id);
    });
  }
}
