import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  changeDraft, changeDraftSchema, checkBroadcast, createDraft, draftSchema, getBroadcast, listBroadcasts, listResults, previewBroadcast, removeDraft,
  type Draft, type DraftChange,
} from '@sevenfold/core/broadcasts';
import { Database, type Scope } from '@sevenfold/core/db';
import { listBroadcastMessages } from '@sevenfold/core/inbox';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { messageSchema } from '../threads/threads.schemas.js';
import {
  broadcastLineSchema, broadcastMessageQuery, broadcastQuery, broadcastSchema, checkSchema, previewQuery, previewSchema, resultQuery, resultSchema,
  type BroadcastMessageQuery, type BroadcastQuery, type PreviewQuery, type ResultQuery,
} from './broadcasts.schemas.js';

/** Messages to many: writing them, looking at them. */
@Controller('v1/broadcasts')
export class BroadcastsController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('broadcast.read')
  @ApiAbout('The messages to many, newest first')
  @ApiPage(broadcastLineSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: broadcastQuery }) { cursor, limit, ...filter }: BroadcastQuery) {
    return this.db.reading(scope, (tx) => listBroadcasts(tx, { cursor, limit }, filter));
  }

  @Post()
  @Can('broadcast.send')
  @ApiAbout('Write a message to many', 'A draft: nobody gets anything before POST …/send or the instant of POST …/schedule.')
  @ApiMade(broadcastSchema)
  create(@CurrentScope() scope: Scope, @Body({ schema: draftSchema }) draft: Draft) {
    return this.db.inWorkspace(scope, async (tx) => getBroadcast(tx, (await createDraft(tx, draft)).broadcastId));
  }

  @Get(':id')
  @Can('broadcast.read')
  @ApiAbout('A message to many and how far it is', 'While it is being sent, live hints say when to look again; about once a second.')
  @ApiOk(broadcastSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getBroadcast(tx, id));
  }

  @Patch(':id')
  @Can('broadcast.send')
  @ApiAbout('Change a draft, or one that waits for its moment; what is not named stays')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeDraftSchema }) body: DraftChange) {
    return this.db.inWorkspace(scope, async (tx) => {
      await changeDraft(tx, id, body);
      return getBroadcast(tx, id);
    });
  }

  @Delete(':id')
  @Can('broadcast.send')
  @ApiAbout('Throw a draft away')
  @ApiNothing()
  @ApiProblems('wrong_state')
  async remove(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => removeDraft(tx, id));
  }

  @Get(':id/preview')
  @Can('broadcast.read')
  @ApiAbout('The message as one creator would read it, or why they would not')
  @ApiOk(previewSchema)
  @ApiProblems('wrong_state')
  preview(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: previewQuery }) { creatorId }: PreviewQuery) {
    return this.db.inWorkspace(scope, (tx) => previewBroadcast(tx, id, creatorId));
  }

  @Post(':id/check')
  @Can('broadcast.read')
  @ApiAbout('What would happen if it were sent now', 'Every text is rendered, every address and consent asked. Nothing is sent or stored.')
  @ApiOk(checkSchema)
  @ApiProblems('wrong_state')
  check(@CurrentScope() scope: Scope, @Id() id: string) {
    return checkBroadcast(this.db, scope, id);
  }

  @Get(':id/results')
  @Can('broadcast.read')
  @ApiAbout('What became of each recipient')
  @ApiPage(resultSchema)
  results(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: resultQuery }) { cursor, limit, state }: ResultQuery) {
    return this.db.reading(scope, (tx) => listResults(tx, id, { cursor, limit }, state));
  }

  @Get(':id/messages')
  @Can('broadcast.read')
  @ApiAbout('The entries it wrote into the threads')
  @ApiPage(messageSchema)
  messages(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: broadcastMessageQuery }) { cursor, limit, status }: BroadcastMessageQuery) {
    return this.db.reading(scope, (tx) => listBroadcastMessages(tx, id, { cursor, limit }, status));
  }
}
