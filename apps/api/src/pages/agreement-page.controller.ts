import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { decline, dropOut, ownAgreement, ownDocument, sign } from '@sevenfold/core/agreements';
import { Database, type Tx } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import type { Request, Response } from 'express';
import { sendDocument } from '../agreements/send-document.js';
import { Public } from '../auth/route-policy.js';
import { agreementPage } from './agreement-page.js';
import { fieldsOf, formOf } from './form.js';
import { PageFilter } from './page.filter.js';
import { lookAgain, sendPage } from './send-page.js';
import { visitorOf } from './visitor.js';

interface Ref {
  agreementId: string;
  creatorId: string;
}

/**
 * The page on which a creator signs, on any phone and without an account. GET shows, POST acts: whoever scans links signs
 * nothing. The key in the path is what a foreign page cannot know, so a form cannot be sent on somebody's behalf.
 */
@Controller('a')
@ApiExcludeController()
@UseFilters(PageFilter)
export class AgreementPageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Get(':token')
  @Public()
  async show(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answer(token, request, response);
  }

  @Get(':token/document.html')
  @Public()
  async document(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendDocument(response, await this.asVisitor(token, request, (tx, ref) => ownDocument(tx, ref)));
  }

  @Post(':token/sign')
  @Public()
  async sign(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = formOf(body);
    const input = { name: form['name'] ?? '', agreed: form['agreed'] === 'yes', documentHash: form['documentHash'] ?? '' };
    const evidence = { ip: request.ip ?? null, userAgent: request.header('user-agent') ?? null };
    await this.act(token, request, response, form, (tx, ref) => sign(tx, { ...ref, ...input, ...evidence }));
  }

  @Post(':token/decline')
  @Public()
  async decline(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = formOf(body);
    await this.act(token, request, response, form, (tx, ref) => decline(tx, { ...ref, reason: reasonOf(form) }));
  }

  @Post(':token/drop-out')
  @Public()
  async dropOut(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = formOf(body);
    await this.act(token, request, response, form, (tx, ref) => dropOut(tx, { ...ref, reason: reasonOf(form) }));
  }

  private async act(
    token: string,
    request: Request,
    response: Response,
    form: Record<string, string>,
    work: (tx: Tx, ref: Ref) => Promise<void>,
  ): Promise<void> {
    try {
      await this.asVisitor(token, request, work);
    } catch (error) {
      if (!isDomainError(error) || error.code === 'not_found') throw error;
      // A wrong field is shown beside it; anything else shows where things stand now.
      const problems = Object.fromEntries(fieldsOf(error.details).map(({ path, message }) => [path, message]));
      return this.answer(token, request, response, { status: error.code === 'invalid_fields' ? 422 : 409, problems, values: form });
    }
    lookAgain(response, `/a/${token}`);
  }

  private async answer(
    token: string,
    request: Request,
    response: Response,
    { status = 200, problems = {}, values = {} }: { status?: number; problems?: Record<string, string>; values?: Record<string, string> } = {},
  ): Promise<void> {
    const agreement = await this.asVisitor(token, request, (tx, ref) => ownAgreement(tx, ref));
    const body = agreementPage({ agreement, path: `/a/${token}`, problems, values });
    sendPage(response, { title: `Agreement: ${agreement.campaign.name}`, of: agreement.workspace, body, status });
  }

  private async asVisitor<T>(token: string, request: Request, work: (tx: Tx, ref: Ref) => Promise<T>): Promise<T> {
    const { scope, creatorId, refId } = await visitorOf(this.system, request, token, 'agreement');
    if (refId === null) throw new DomainError('not_found');
    return this.db.inWorkspace(scope, (tx) => work(tx, { agreementId: refId, creatorId }));
  }
}

function reasonOf(form: Record<string, string>): string | null {
  return form['reason'] ? form['reason'].slice(0, 2_000) : null;
}
