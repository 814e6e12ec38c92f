import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ownCollaborations } from '@sevenfold/core/collaborations';
import { Database } from '@sevenfold/core/db';
import {
  addResult, addResultSchema, changeResult, changeResultSchema, getResult, listResults, type AddResultInput, type ChangeResultInput,
} from '@sevenfold/core/results';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiOk, ApiProblems } from '../openapi/answers.js';
import { resultListSchema, resultSchema } from '../results/results.schemas.js';
import { ownCollaborationListSchema } from './creator.schemas.js';

/** Collaborations as the group sees them; only the group has any, so nobody else can upload results. */
@Controller('v1/creator')
export class OwnCollaborationsController {
  constructor(private readonly db: Database) {}

  @Get('collaborations')
  @ForCreator()
  @ApiAbout('My collaborations, newest first')
  @ApiOk(ownCollaborationListSchema)
  async list(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return { data: await this.db.reading(scope, (tx) => ownCollaborations(tx, creatorId)) };
  }

  @Get('collaborations/:id/results')
  @ForCreator()
  @ApiAbout('My results, with what is still missing')
  @ApiOk(resultListSchema)
  async results(@CurrentCreator() { scope }: CreatorPrincipal, @Id() id: string) {
    return { data: await this.db.reading(scope, (tx) => listResults(tx, id)) };
  }

  @Post('collaborations/:id/results')
  @ForCreator()
  @ApiAbout('Add a post with its figures')
  @ApiMade(resultSchema)
  @ApiProblems('wrong_state', 'conflict')
  add(@CurrentCreator() { scope }: CreatorPrincipal, @Id() id: string, @Body({ schema: addResultSchema }) body: AddResultInput) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { resultId } = await addResult(tx, { collaborationId: id, ...body });
      return getResult(tx, resultId);
    });
  }

  @Patch('results/:id')
  @ForCreator()
  @ApiAbout('Add figures and a screenshot to a post')
  @ApiOk(resultSchema)
  @ApiProblems('wrong_state')
  change(@CurrentCreator() { scope }: CreatorPrincipal, @Id() id: string, @Body({ schema: changeResultSchema }) body: ChangeResultInput) {
    return this.db.inWorkspace(scope, async (tx) => {
      await changeResult(tx, { resultId: id, ...body });
      return getResult(tx, id);
    });
  }
}
