import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { archiveSequence, changeSequence, createSequence, getSequence, listSequences, startRuns, stopSequence, type SequenceInput } from '@sevenfold/core/sequences';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  changeSequenceSchema, newSequenceSchema, sequenceQuery, sequenceViewSchema, startedRunsSchema, startRunsSchema, stoppedRunsSchema, type ChangeSequence,
  type SequenceQuery, type StartRuns,
} from './sequences.schemas.js';

/** Follow-ups with delays, which end when the creator answers. */
@Controller('v1/sequences')
export class SequencesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('broadcast.read')
  @ApiAbout('The follow-up sequences, newest first')
  @ApiPage(sequenceViewSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: sequenceQuery }) { cursor, limit, archived }: SequenceQuery) {
    return this.db.reading(scope, (tx) => listSequences(tx, { cursor, limit }, { archived }));
  }

  @Post()
  @Can('broadcast.send')
  @ApiAbout('Write a sequence', 'It ends for a creator with their reply, their application, their opting out, or by hand.')
  @ApiMade(sequenceViewSchema)
  create(@CurrentScope() scope: Scope, @Body({ schema: newSequenceSchema }) body: SequenceInput) {
    return this.db.inWorkspace(scope, async (tx) => getSequence(tx, (await createSequence(tx, body)).sequenceId));
  }

  @Get(':id')
  @Can('broadcast.read')
  @ApiAbout('One sequence')
  @ApiOk(sequenceViewSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getSequence(tx, id));
  }

  @Patch(':id')
  @Can('broadcast.send')
  @ApiAbout('Change a sequence', 'For those who come into it from now on; who is in it goes on as they began.')
  @ApiOk(sequenceViewSchema)
  @ApiProblems('conflict', 'wrong_state')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeSequenceSchema }) { version, ...change }: ChangeSequence) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { name, steps } = change;
      await changeSequence(tx, id, version, { ...(name !== undefined && { name }), ...(steps && { steps }) });
      return getSequence(tx, id);
    });
  }

  @Delete(':id')
  @Can('broadcast.send')
  @ApiAbout('Put nobody into it any more; who is in it goes on')
  @ApiNothing()
  archive(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => archiveSequence(tx, id));
  }

  @Post(':id/start')
  @Can('broadcast.send')
  @ApiAbout('Put creators into a sequence, each once at a time')
  @ApiOk(startedRunsSchema)
  @ApiProblems('wrong_state')
  start(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: startRunsSchema }) { creatorIds, campaignId }: StartRuns) {
    return this.db.inWorkspace(scope, (tx) => startRuns(tx, { sequenceId: id, creatorIds, campaignId }));
  }

  @Post(':id/stop')
  @Can('broadcast.send')
  @ApiAbout('End all runs of a sequence at once', 'What waits to leave is taken back. Those that have ended stay as they are; the sequence itself can be started again.')
  @ApiOk(stoppedRunsSchema)
  stop(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => stopSequence(tx, id));
  }
}
