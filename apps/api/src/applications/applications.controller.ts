import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { addByHand, getApplication, listApplications, moveApplication } from '@sevenfold/core/applications';
import { Database, type Scope } from '@sevenfold/core/db';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { applicationQuery, applicationSchema, byHandSchema, moveSchema, type ApplicationQuery, type ByHand, type Move } from './applications.schemas.js';

/** Who applied, and where the team has put them. */
@Controller('v1')
export class ApplicationsController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/applications')
  @Can('application.read')
  @ApiAbout('The applications of a campaign, oldest first')
  @ApiPage(applicationSchema)
  list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: applicationQuery }) { status, source, ...page }: ApplicationQuery) {
    return this.db.reading(scope, (tx) => listApplications(tx, { campaignId: id, status, source }, page));
  }

  @Post('campaigns/:id/applications/by-hand')
  @Can('application.add-by-hand')
  @ApiAbout('Add a creator past the rules', 'To pending, marked "by hand", with its reason. Possible until the start, also after the close.')
  @ApiMade(applicationSchema)
  @ApiProblems('wrong_state', 'already_applied')
  addByHand(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: byHandSchema }) body: ByHand) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { applicationId } = await addByHand(tx, { campaignId: id, ...body });
      return getApplication(tx, applicationId);
    });
  }

  @Get('applications/:id')
  @Can('application.read')
  @ApiAbout('One application')
  @ApiOk(applicationSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getApplication(tx, id));
  }

  @Patch('applications/:id')
  @Can('application.move')
  @ApiAbout('Move an application', 'Between pending, selected and declined, until an agreement is sent. No creator hears of it.')
  @ApiOk(applicationSchema)
  @ApiProblems('wrong_state', 'agreement_open')
  move(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: moveSchema }) { status }: Move) {
    return this.db.inWorkspace(scope, async (tx) => {
      await moveApplication(tx, { applicationId: id, to: status });
      return getApplication(tx, id);
    });
  }
}
