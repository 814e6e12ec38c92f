import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { changeMessageCampaign, getMessage, moveMessage, sendNow } from '@sevenfold/core/inbox';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk, ApiProblems } from '../openapi/answers.js';
import { changeMessageSchema, moveMessageSchema, type ChangeMessage, type MoveMessage } from './messages.schemas.js';
import { messageSchema } from './threads.schemas.js';

/** One entry of a thread: what it is about, and whose it is. */
@Controller('v1/messages')
export class MessagesController {
  constructor(private readonly db: Database) {}

  @Get(':id')
  @Can('thread.read')
  @ApiAbout('One message, with the history of its deliveries')
  @ApiOk(messageSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getMessage(tx, id));
  }

  @Patch(':id')
  @Can('thread.reply')
  @ApiAbout('Say which campaign a message is about', 'Null: about none.')
  @ApiOk(messageSchema)
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeMessageSchema }) { campaignId }: ChangeMessage) {
    return this.db.inWorkspace(scope, (tx) => changeMessageCampaign(tx, id, campaignId));
  }

  @Post(':id/send-now')
  @Can('thread.reply')
  @ApiAbout('Send a message that waits for the day right now', 'It disturbs the creator whatever the hour is there.')
  @ApiOk(messageSchema)
  @ApiProblems('wrong_state')
  sendNow(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => sendNow(tx, id));
  }

  @Post(':id/move')
  @Can('thread.reply')
  @ApiAbout('Move a message to another creator', 'With its files; only what came in. Both threads are as if it had always been there.')
  @ApiOk(messageSchema)
  @ApiProblems('wrong_state', 'conflict')
  move(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: moveMessageSchema }) body: MoveMessage) {
    return this.db.inWorkspace(scope, (tx) => moveMessage(tx, { messageId: id, ...body }));
  }
}
