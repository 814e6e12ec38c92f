import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { assignUnassigned, dismissUnassigned, getUnassigned, listUnassigned, restoreUnassigned, type TrayParts } from '@sevenfold/core/inbox';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { messageSchema } from '../threads/threads.schemas.js';
import { assignSchema, createFromSchema, unassignedQuery, unassignedSchema, type Assign, type CreateFrom, type UnassignedQuery } from './unassigned.schemas.js';

/** The tray: what came in and belongs to no creator yet. Only what is surely this workspace's is in it. */
@Controller('v1/unassigned')
export class UnassignedController {
  private readonly parts: TrayParts;

  constructor(
    private readonly db: Database,
    system: SystemDatabase,
  ) {
    this.parts = { db, system, onInbound: async (tx, fact) => void (await onInboundForInvite(tx, fact)) };
  }

  @Get()
  @Can('thread.read')
  @ApiAbout('The tray, the latest first')
  @ApiPage(unassignedSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: unassignedQuery }) { status, ...page }: UnassignedQuery) {
    return this.db.reading(scope, (tx) => listUnassigned(tx, page, status));
  }

  @Get(':id')
  @Can('thread.read')
  @ApiAbout('One message of the tray')
  @ApiOk(unassignedSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getUnassigned(tx, id));
  }

  @Post(':id/assign')
  @Can('thread.reply')
  @ApiAbout('It is this creator’s', 'It enters their thread as of when it came in, with its files.')
  @ApiOk(messageSchema)
  @ApiProblems('wrong_state')
  assign(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: assignSchema }) body: Assign) {
    return assignUnassigned(this.parts, scope, id, body);
  }

  @Post(':id/create-creator')
  @Can('creator.write')
  @ApiAbout('It is from somebody new', 'Makes a creator with the address it is from, and enters it in their thread.')
  @ApiMade(messageSchema)
  @ApiProblems('wrong_state')
  create(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: createFromSchema }) newCreator: CreateFrom) {
    return assignUnassigned(this.parts, scope, id, { newCreator });
  }

  @Post(':id/dismiss')
  @Can('thread.reply')
  @ApiAbout('It is nobody’s', 'It leaves the tray and is not looked at again. For 30 days it can be put back.')
  @ApiNothing()
  @ApiProblems('wrong_state')
  dismiss(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    return dismissUnassigned(this.parts, scope, id);
  }

  @Post(':id/restore')
  @Can('thread.reply')
  @ApiAbout('It was dismissed by mistake', 'It is in the tray again, as it was. Within 30 days: its files go then.')
  @ApiNothing()
  @ApiProblems('wrong_state')
  restore(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    return restoreUnassigned(this.parts, scope, id);
  }
}
