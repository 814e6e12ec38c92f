import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, Post, Res, StreamableFile } from '@nestjs/common';
import {
  cancelBroadcast, exportResults, getBroadcast, pauseBroadcast, resolveUnknown, resumeBroadcast, retryFailed, scheduleBroadcast, scheduleSchema, sendBroadcast,
  unscheduleBroadcast, type Schedule,
} from '@sevenfold/core/broadcasts';
import { Database, type Scope, type Tx } from '@sevenfold/core/db';
import type { Response } from 'express';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiAccepted, ApiFile, ApiOk, ApiProblems } from '../openapi/answers.js';
import { broadcastSchema, resolvedSchema, resolveSchema, retriedSchema, type Resolve } from './broadcasts.schemas.js';

const csv = 'text/csv; charset=utf-8';

/** Messages to many: what is pressed on the way. */
@Controller('v1/broadcasts/:id')
export class SendingController {
  constructor(private readonly db: Database) {}

  @Post('send')
  @Can('broadcast.send')
  @ApiAbout('Send it, once', 'Recipients and texts are frozen now. Of two presses one sends; the other is told who pressed and when.')
  @ApiAccepted(broadcastSchema)
  @ApiProblems('already_sent', 'wrong_state', 'no_recipients')
  send(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.press(scope, id, (tx) => sendBroadcast(tx, id));
  }

  @Post('schedule')
  @Can('broadcast.send')
  @ApiAbout('Have it sent at an instant', 'Its recipients are chosen at that instant. Scheduled again, only the last instant counts.')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  schedule(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: scheduleSchema }) body: Schedule) {
    return this.press(scope, id, (tx) => scheduleBroadcast(tx, id, body));
  }

  @Delete('schedule')
  @Can('broadcast.send')
  @ApiAbout('Take the schedule back; it is a draft again')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  unschedule(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.press(scope, id, (tx) => unscheduleBroadcast(tx, id));
  }

  @Post('pause')
  @Can('broadcast.send')
  @ApiAbout('Hold it: nothing more of it leaves, also in the middle')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  pause(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.press(scope, id, (tx) => pauseBroadcast(tx, id));
  }

  @Post('resume')
  @Can('broadcast.send')
  @ApiAbout('Let it go on')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  resume(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.press(scope, id, (tx) => resumeBroadcast(tx, id));
  }

  @Post('cancel')
  @Can('broadcast.send')
  @ApiAbout('Stop it for good', 'What has left has left; everybody else is cancelled, and their result says so.')
  @ApiOk(broadcastSchema)
  @ApiProblems('wrong_state')
  cancel(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.press(scope, id, (tx) => cancelBroadcast(tx, id));
  }

  @Post('retry')
  @Can('broadcast.send')
  @ApiAbout('Send the failed ones again', 'Only those, once per press, beside the deliveries that failed. `retried` says how many; of two presses at once the second has 0.')
  @ApiAccepted(retriedSchema)
  @ApiProblems('wrong_state')
  retry(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.pressAll(scope, id, (tx) => retryFailed(tx, id));
  }

  @Post('resolve-unknown')
  @Can('broadcast.send')
  @ApiAbout('Decide about all of which nobody knows whether they left', '`resolved` says how many it was about; of two presses at once the second has 0.')
  @ApiAccepted(resolvedSchema)
  @ApiProblems('wrong_state')
  resolve(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: resolveSchema }) { action }: Resolve) {
    return this.pressAll(scope, id, (tx) => resolveUnknown(tx, id, action));
  }

  @Get('results.csv')
  @Can('broadcast.read')
  @ApiAbout('What became of each recipient, as CSV')
  @ApiFile('text/csv')
  async export(@CurrentScope() scope: Scope, @Id() id: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    await this.db.reading(scope, (tx) => getBroadcast(tx, id));
    response.setHeader('Cache-Control', 'private, no-store');
    return new StreamableFile(Readable.from(exportResults(this.db, scope, id)), { type: csv, disposition: 'attachment; filename="results.csv"' });
  }

  /** Does it and answers how the broadcast stands then. */
  private press(scope: Scope, id: string, work: (tx: Tx) => Promise<unknown>) {
    return this.pressAll(scope, id, async (tx) => {
      await work(tx);
      return {};
    });
  }

  /** The same for what is about many: the answer says about how many. */
  private pressAll<Done extends object>(scope: Scope, id: string, work: (tx: Tx) => Promise<Done>) {
    return this.db.inWorkspace(scope, async (tx) => {
      const done = await work(tx);
      return { ...(await getBroadcast(tx, id)), ...done };
    });
  }
}
