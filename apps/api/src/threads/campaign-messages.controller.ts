import { Controller, Get, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { listCampaignMessages } from '@sevenfold/core/inbox';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiPage } from '../openapi/answers.js';
import { campaignMessageQuery, messageSchema, type CampaignMessageQuery } from './threads.schemas.js';

/** What a campaign has said, and to whom. */
@Controller('v1/campaigns/:id/messages')
export class CampaignMessagesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('thread.read')
  @ApiAbout('Who got which message of a campaign, over which channel', 'The newsletters that listed it are among them.')
  @ApiPage(messageSchema)
  list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: campaignMessageQuery }) { cursor, limit, ...filter }: CampaignMessageQuery) {
    return this.db.reading(scope, (tx) => listCampaignMessages(tx, id, { cursor, limit }, filter));
  }
}
