import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { changeSavedReply, createSavedReply, fillSavedReply, getSavedReply, listSavedReplies, removeSavedReply } from '@sevenfold/core/saved-replies';
import { CurrentMember, CurrentScope } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiProblems } from '../openapi/answers.js';
import {
  changeSavedReplySchema, filledReplySchema, fillQuery, newSavedReplySchema, savedRepliesSchema, savedReplySchema, type ChangeSavedReply, type FillQuery,
  type NewSavedReply,
} from './saved-replies.schemas.js';

/** Texts a team writes again and again. */
@Controller('v1/saved-replies')
export class SavedRepliesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('thread.read')
  @ApiAbout('All saved replies, by name')
  @ApiOk(savedRepliesSchema)
  list(@CurrentScope() scope: Scope) {
    return this.db.reading(scope, async (tx) => ({ data: await listSavedReplies(tx) }));
  }

  @Post()
  @Can('thread.reply')
  @ApiAbout('Save a reply')
  @ApiMade(savedReplySchema)
  create(@CurrentScope() scope: Scope, @Body({ schema: newSavedReplySchema }) body: NewSavedReply) {
    return this.db.inWorkspace(scope, (tx) => createSavedReply(tx, body));
  }

  @Get(':id')
  @Can('thread.read')
  @ApiAbout('One saved reply')
  @ApiOk(savedReplySchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getSavedReply(tx, id));
  }

  @Get(':id/filled')
  @Can('thread.read')
  @ApiAbout('A saved reply with its variables filled for the creator of a thread', 'Nothing is sent: look it over, and post it to the thread.')
  @ApiOk(filledReplySchema)
  @ApiProblems('missing_variables')
  fill(@CurrentMember() { scope, memberId }: MemberPrincipal, @Id() id: string, @Query({ schema: fillQuery }) query: FillQuery) {
    return this.db.inWorkspace(scope, (tx) => fillSavedReply(tx, { ...query, savedReplyId: id, memberId }));
  }

  @Patch(':id')
  @Can('thread.reply')
  @ApiAbout('Change a saved reply')
  @ApiOk(savedReplySchema)
  @ApiProblems('conflict')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeSavedReplySchema }) { version, name, text, subject }: ChangeSavedReply) {
    const change = { ...(name !== undefined && { name }), ...(text !== undefined && { text }), ...(subject !== undefined && { subject }) };
    return this.db.inWorkspace(scope, (tx) => changeSavedReply(tx, id, version, change));
  }

  @Delete(':id')
  @Can('thread.reply')
  @ApiAbout('Remove a saved reply')
  @ApiNothing()
  remove(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => removeSavedReply(tx, id));
  }
}
