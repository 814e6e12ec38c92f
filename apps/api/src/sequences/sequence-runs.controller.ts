import { Controller, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { listRuns, stopRun } from '@sevenfold/core/sequences';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiNothing, ApiPage } from '../openapi/answers.js';
import { runQuery, runSchema, type RunQuery } from './sequences.schemas.js';

/** Creators on their way through sequences. */
@Controller('v1/sequence-runs')
export class SequenceRunsController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('broadcast.read')
  @ApiAbout('Who is in a sequence, or what a creator is in; newest first')
  @ApiPage(runSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: runQuery }) { cursor, limit, ...filter }: RunQuery) {
    return this.db.reading(scope, (tx) => listRuns(tx, { cursor, limit }, filter));
  }

  @Post(':id/stop')
  @Can('thread.reply')
  @ApiAbout('End a run', 'What of it waits to leave is taken back. One that has ended stays as it is.')
  @ApiNothing()
  stop(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => stopRun(tx, id));
  }
}
