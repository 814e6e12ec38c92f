import { Body, Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ownAgreement } from '@sevenfold/core/agreements';
import { mintLink } from '@sevenfold/core/creators';
import { Database } from '@sevenfold/core/db';
import { subscribe, unsubscribe } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { formOf } from './form.js';
import { PageFilter } from './page.filter.js';
import { lookAgain } from './send-page.js';
import { visitorOf } from './visitor.js';

/** What a creator presses on their overview: on to an agreement's own page, and the newsletter. */
@Controller('c')
@ApiExcludeController()
@UseFilters(PageFilter)
export class OwnAgreementsPageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  /** Makes a link to the page on which it is read and signed. By POST: whoever looks at the overview makes no keys. */
  @Post(':token/agreements/:id')
  @Public()
  async open(@Param('token') token: string, @Id() agreementId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    const link = await this.db.inWorkspace(scope, async (tx) => {
      await ownAgreement(tx, { agreementId, creatorId });
      return mintLink(tx, { creatorId, purpose: 'agreement', refId: agreementId });
    });
    lookAgain(response, `/a/${link.token}`);
  }

  @Post(':token/newsletter')
  @Public()
  async newsletter(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    const wanted = formOf(body)['wanted'] === 'yes';
    await this.db.inWorkspace(scope, (tx) => (wanted ? subscribe : unsubscribe)(tx, creatorId, 'creator'));
    lookAgain(response, `/c/${token}`);
  }
}
