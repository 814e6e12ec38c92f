import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { decline, dropOut, ownAgreement, ownAgreements, ownDocument, sign } from '@sevenfold/core/agreements';
import { Database, type Tx } from '@sevenfold/core/db';
import type { Request, Response } from 'express';
import { sendDocument } from '../agreements/send-document.js';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiFile, ApiOk, ApiProblems } from '../openapi/answers.js';
import { ownAgreementListSchema, ownAgreementSchema, refuseSchema, signSchema, type Refuse, type Sign } from './creator.schemas.js';
import { assertLinkFor } from './narrowed.js';

/** Agreements as their creators see them. */
@Controller('v1/creator/agreements')
export class OwnAgreementsController {
  constructor(private readonly db: Database) {}

  @Get()
  @ForCreator()
  @ApiAbout('My agreements, newest first')
  @ApiOk(ownAgreementListSchema)
  async list(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return { data: await this.db.reading(scope, (tx) => ownAgreements(tx, creatorId)) };
  }

  @Get(':id')
  @ForCreator('agreement')
  @ApiAbout('One agreement')
  @ApiOk(ownAgreementSchema)
  get(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string) {
    return this.act(principal, id, async () => {});
  }

  @Get(':id/document.html')
  @ForCreator('agreement')
  @ApiAbout('The frozen text, byte for byte as it is signed')
  @ApiFile('text/html')
  async document(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string, @Res() response: Response): Promise<void> {
    assertLinkFor(principal, id);
    const { scope, creatorId } = principal;
    sendDocument(response, await this.db.inWorkspace(scope, (tx) => ownDocument(tx, { agreementId: id, creatorId })));
  }

  @Post(':id/sign')
  @ForCreator('agreement')
  @ApiAbout('Sign', 'Typed name and a tick. Time, IP and the hash of the text are recorded.')
  @ApiOk(ownAgreementSchema)
  @ApiProblems('wrong_state', 'expired', 'conflict')
  sign(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string, @Req() request: Request, @Body({ schema: signSchema }) body: Sign) {
    const { creatorId } = principal;
    const evidence = { ip: request.ip ?? null, userAgent: request.header('user-agent') ?? null };
    return this.act(principal, id, (tx) => sign(tx, { agreementId: id, creatorId, ...body, ...evidence }));
  }

  @Post(':id/decline')
  @ForCreator('agreement')
  @ApiAbout('Decline', 'Final in this campaign.')
  @ApiOk(ownAgreementSchema)
  @ApiProblems('wrong_state', 'expired')
  decline(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string, @Body({ schema: refuseSchema }) body: Refuse) {
    return this.act(principal, id, (tx) => decline(tx, { agreementId: id, creatorId: principal.creatorId, ...body }));
  }

  @Post(':id/drop-out')
  @ForCreator('agreement')
  @ApiAbout('Drop out after signing', 'Possible until the start, and final in this campaign.')
  @ApiOk(ownAgreementSchema)
  @ApiProblems('wrong_state')
  dropOut(@CurrentCreator() principal: CreatorPrincipal, @Id() id: string, @Body({ schema: refuseSchema }) body: Refuse) {
    return this.act(principal, id, (tx) => dropOut(tx, { agreementId: id, creatorId: principal.creatorId, ...body }));
  }

  /** Does it, and answers with the agreement as it is then. */
  private act(principal: CreatorPrincipal, agreementId: string, work: (tx: Tx) => Promise<void>) {
    assertLinkFor(principal, agreementId);
    const { scope, creatorId } = principal;
    return this.db.inWorkspace(scope, async (tx) => {
      await work(tx);
      return ownAgreement(tx, { agreementId, creatorId });
    });
  }
}
