import { Controller, Get, Query } from '@nestjs/common';
import { getBroadcast } from '@sevenfold/core/broadcasts';
import { Database, type Scope } from '@sevenfold/core/db';
import { listBroadcastMessages } from '@sevenfold/core/inbox';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk, ApiPage } from '../openapi/answers.js';
import { messageSchema } from '../threads/threads.schemas.js';
import { broadcastMessageQuery, broadcastSchema, type BroadcastMessageQuery } from './broadcasts.schemas.js';

/** Messages to many. */
@Controller('v1/broadcasts')
export class BroadcastsController {
  constructor(private readonly db: Database) {}

  @Get(':id')
  @Can('broadcast.read')
  @ApiAbout('A broadcast and how far it is')
  @ApiOk(broadcastSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getBroadcast(tx, id));
  }

  @Get(':id/messages')
  @Can('broadcast.read')
  @ApiAbout('The result of a broadcast per creator')
  @ApiPage(messageSchema)
  messages(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: broadcastMessageQuery }) { cursor, limit, status }: BroadcastMessageQuery) {
    return this.db.inWorkspace(scope, (tx) => listBroadcastMessages(tx, id, { cursor, limit }, status));
  }
}
