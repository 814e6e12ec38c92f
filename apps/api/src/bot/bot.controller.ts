import { Body, Controller, Get, Put } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { botNotice, markNoticePosted, type BotNotice } from '@sevenfold/core/notices';
import { CurrentScope } from '../auth/decorators.js';
import { ForBot } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiNothing, ApiOk } from '../openapi/answers.js';
import { botNoticeSchema, postedSchema, type Posted } from './bot.schemas.js';

/** The Slack bot's own door: what to post, and where it did. */
@Controller('v1/bot')
export class BotController {
  constructor(private readonly db: Database) {}

  @Get('notices/:id')
  @ForBot()
  @ApiAbout('What to post for a notice')
  @ApiOk(botNoticeSchema, 'The notice, worded')
  notice(@CurrentScope() scope: Scope, @Id() id: string): Promise<BotNotice> {
    return this.db.inWorkspace(scope, (tx) => botNotice(tx, id));
  }

  @Put('notices/:id/posted')
  @ForBot()
  @ApiAbout('Where a notice was posted')
  @ApiNothing()
  async posted(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: postedSchema }) body: Posted): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => markNoticePosted(tx, id, body));
  }
}
