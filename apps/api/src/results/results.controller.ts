import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import {
  addResult, addResultSchema, changeResult, changeResultSchema, getResult, listCampaignResults, listResults, pullFigures,
  type AddResultInput, type ChangeResultInput,
} from '@sevenfold/core/results';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { nothingSchema } from '../campaigns/campaigns.schemas.js';
import { Id } from '../http/id.js';
import { SeveralSteps } from '../idempotency/several-steps.js';
import { ApiAbout, ApiMade, ApiOk, ApiProblems } from '../openapi/answers.js';
import { campaignResultListSchema, pulledSchema, resultListSchema, resultSchema } from './results.schemas.js';

/** What became of the collaboration: posts and their figures. */
@Controller('v1')
export class ResultsController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/results')
  @Can('result.read')
  @ApiAbout('All results of a campaign, by creator')
  @ApiOk(campaignResultListSchema)
  async ofCampaign(@CurrentScope() scope: Scope, @Id() id: string) {
    return { data: await this.db.reading(scope, (tx) => listCampaignResults(tx, id)) };
  }

  @Get('collaborations/:id/results')
  @Can('result.read')
  @ApiAbout('The results of one collaboration, with what is still missing')
  @ApiOk(resultListSchema)
  async list(@CurrentScope() scope: Scope, @Id() id: string) {
    return { data: await this.db.reading(scope, (tx) => listResults(tx, id)) };
  }

  @Post('collaborations/:id/results')
  @Can('result.write')
  @ApiAbout('Add a post with its figures')
  @ApiMade(resultSchema)
  @ApiProblems('wrong_state', 'conflict')
  add(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: addResultSchema }) body: AddResultInput) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { resultId } = await addResult(tx, { collaborationId: id, ...body });
      return getResult(tx, resultId);
    });
  }

  @Get('results/:id')
  @Can('result.read')
  @ApiAbout('One result')
  @ApiOk(resultSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getResult(tx, id));
  }

  @Patch('results/:id')
  @Can('result.write')
  @ApiAbout('Add or correct figures and the screenshot')
  @ApiOk(resultSchema)
  @ApiProblems('wrong_state')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeResultSchema }) body: ChangeResultInput) {
    return this.db.inWorkspace(scope, async (tx) => {
      await changeResult(tx, { resultId: id, ...body });
      return getResult(tx, id);
    });
  }

  @Post('results/:id/pull')
  @SeveralSteps()
  @Can('result.write')
  @ApiAbout('Ask the platform for the figures now', 'It is asked by itself when figures fall due.')
  @ApiOk(pulledSchema)
  @ApiProblems('wrong_state')
  async pull(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: nothingSchema }) _body: Record<string, never>) {
    const pulled = await pullFigures(this.db, scope, id);
    const result = await this.db.inWorkspace(scope, (tx) => getResult(tx, id));
    return { pulled: pulled?.metrics ?? [], gaps: pulled?.gaps ?? {}, result };
  }
}
