import { Body, Controller, Get, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  agreementHtml, agreementPdf, getAgreement, listAgreements, sendAgreementsSchema, withdrawAgreement, type SendAgreementsInput,
} from '@sevenfold/core/agreements';
import { Database, type Scope } from '@sevenfold/core/db';
import type { Json } from '@sevenfold/domain/errors';
import type { Response } from 'express';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { CampaignCommands } from '../campaigns/campaign-commands.js';
import { Id } from '../http/id.js';
import { CommandId } from '../idempotency/command-id.js';
import { SeveralSteps } from '../idempotency/several-steps.js';
import { ApiAbout, ApiFile, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { agreementQuery, agreementSchema, sentAgreementsSchema, withdrawSchema, type AgreementQuery, type Withdraw } from './agreements.schemas.js';
import { sendDocument } from './send-document.js';

/** Agreements: sent through the campaign's workflow, read and taken back here. Creators sign elsewhere. */
@Controller('v1')
export class AgreementsController {
  constructor(
    private readonly db: Database,
    private readonly commands: CampaignCommands,
  ) {}

  @Get('campaigns/:id/agreements')
  @Can('agreement.read')
  @ApiAbout('The agreements of a campaign, newest first')
  @ApiPage(agreementSchema)
  list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: agreementQuery }) { status, ...page }: AgreementQuery) {
    return this.db.reading(scope, (tx) => listAgreements(tx, { campaignId: id, status }, page));
  }

  @Post('campaigns/:id/agreements')
  @SeveralSteps()
  @Can('agreement.send')
  @ApiAbout(
    'Send agreements to those selected',
    'Everybody selected who has none, or the applications named, with terms of their own above the campaign’s. The text is frozen and hashed per creator; they have 72 hours.',
  )
  @ApiOk(sentAgreementsSchema)
  @ApiProblems('wrong_state', 'campaign_paused', 'nobody_selected', 'agreement_open', 'refusal_final', 'engine_unavailable')
  send(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: sendAgreementsSchema }) body: SendAgreementsInput) {
    const input = JSON.parse(JSON.stringify(body)) as Json;
    return this.commands.run(scope, { name: 'send-agreements', campaignId: id, commandId, input });
  }

  @Get('agreements/:id')
  @Can('agreement.read')
  @ApiAbout('One agreement')
  @ApiOk(agreementSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getAgreement(tx, id));
  }

  @Post('agreements/:id/withdraw')
  @Can('agreement.withdraw')
  @ApiAbout('Take an agreement back', 'Possible until the start; the creator is told, and a new one may be sent.')
  @ApiOk(agreementSchema)
  @ApiProblems('wrong_state')
  withdraw(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: withdrawSchema }) body: Withdraw) {
    return this.db.inWorkspace(scope, async (tx) => {
      await withdrawAgreement(tx, { agreementId: id, ...body });
      return getAgreement(tx, id);
    });
  }

  @Get('agreements/:id/document.html')
  @Can('agreement.read')
  @ApiAbout('The frozen text, byte for byte as it was hashed')
  @ApiFile('text/html')
  async html(@CurrentScope() scope: Scope, @Id() id: string, @Res() response: Response): Promise<void> {
    sendDocument(response, await this.db.inWorkspace(scope, (tx) => agreementHtml(tx, id)));
  }

  @Get('agreements/:id/document.pdf')
  @Can('agreement.read')
  @ApiAbout('The frozen text as PDF', '404 with `retry` for the moments until it is made.')
  @ApiFile('application/pdf')
  async pdf(@CurrentScope() scope: Scope, @Id() id: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const bytes = await this.db.inWorkspace(scope, (tx) => agreementPdf(tx, id));
    response.setHeader('Cache-Control', 'private, no-cache');
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="agreement-${id}.pdf"`, length: bytes.length });
  }
}
