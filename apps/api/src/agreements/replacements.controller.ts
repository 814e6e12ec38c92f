import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { chooseReplacement, listReplacements } from '@sevenfold/core/agreements';
import { Database, type Scope } from '@sevenfold/core/db';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk, ApiProblems } from '../openapi/answers.js';
import {
  chooseSchema, replacementListSchema, replacementQuery, replacementSchema, type Choose, type ReplacementQuery,
} from './agreements.schemas.js';

/** Somebody else for everybody who refused, dropped out or let the window pass. */
@Controller('v1')
export class ReplacementsController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/replacements')
  @Can('agreement.read')
  @ApiAbout('For whom somebody else is to be chosen, oldest first')
  @ApiOk(replacementListSchema)
  async list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: replacementQuery }) { status }: ReplacementQuery) {
    return { data: await this.db.reading(scope, (tx) => listReplacements(tx, id, status)) };
  }

  @Post('replacements/:id/choose')
  @Can('replacement.choose')
  @ApiAbout('Choose a replacement', 'Selects another application, until the start. Its agreement is sent as always.')
  @ApiOk(replacementSchema)
  @ApiProblems('wrong_state', 'refusal_final', 'agreement_open')
  choose(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: chooseSchema }) { applicationId }: Choose) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { campaignId } = await chooseReplacement(tx, { replacementId: id, applicationId });
      await tx.em.flush();
      return (await listReplacements(tx, campaignId)).find((each) => each.id === id);
    });
  }
}
