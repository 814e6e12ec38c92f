import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import {
  askCustomerSuccess, getCustomerSuccessRequest, listCustomerSuccessRequests, resolveCustomerSuccess,
} from '@sevenfold/core/customer-success';
import { Database, type Scope } from '@sevenfold/core/db';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiOk, ApiProblems } from '../openapi/answers.js';
import {
  askCustomerSuccessSchema, customerSuccessListSchema, customerSuccessQuery, customerSuccessRequestSchema, resolveSchema,
  type AskCustomerSuccess, type CustomerSuccessQuery, type Resolve,
} from './customer-success.schemas.js';

/** Past the rules, on record. */
@Controller('v1')
export class CustomerSuccessController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/customer-success-requests')
  @Can('customer-success.read')
  @ApiAbout('The requests of a campaign, oldest first')
  @ApiOk(customerSuccessListSchema)
  async list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: customerSuccessQuery }) { status }: CustomerSuccessQuery) {
    return { data: await this.db.reading(scope, (tx) => listCustomerSuccessRequests(tx, id, status)) };
  }

  @Post('campaigns/:id/customer-success-requests')
  @Can('customer-success.request')
  @ApiAbout('Ask customer success', 'May this creator join although the rules say no? Asked again while it is open, it is the same request.')
  @ApiMade(customerSuccessRequestSchema)
  @ApiProblems('wrong_state', 'already_applied')
  ask(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: askCustomerSuccessSchema }) body: AskCustomerSuccess) {
    return this.db.inWorkspace(scope, async (tx) => {
      const { requestId } = await askCustomerSuccess(tx, { campaignId: id, ...body });
      return getCustomerSuccessRequest(tx, requestId);
    });
  }

  @Get('customer-success-requests/:id')
  @Can('customer-success.read')
  @ApiAbout('One request')
  @ApiOk(customerSuccessRequestSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getCustomerSuccessRequest(tx, id));
  }

  @Post('customer-success-requests/:id/resolve')
  @Can('customer-success.resolve')
  @ApiAbout('Answer a request', 'Adding puts the creator to pending, marked "by hand".')
  @ApiOk(customerSuccessRequestSchema)
  @ApiProblems('wrong_state', 'already_applied')
  resolve(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: resolveSchema }) body: Resolve) {
    return this.db.inWorkspace(scope, async (tx) => {
      await resolveCustomerSuccess(tx, { requestId: id, ...body });
      return getCustomerSuccessRequest(tx, id);
    });
  }
}
