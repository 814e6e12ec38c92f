import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { AboutCreator } from '@sevenfold/core/applications';
import { Database, type Tx } from '@sevenfold/core/db';
import { expressInterest, ownInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { PLUGINS } from '../deps.js';
import { aboutProblems, readAbout } from './about-form.js';
import { fieldsOf, formOf } from './form.js';
import { invitePage } from './invite-page.js';
import { PageFilter } from './page.filter.js';
import { lookAgain, sendPage } from './send-page.js';
import { visitorOf } from './visitor.js';

interface Ref {
  inviteId: string;
  creatorId: string;
}

interface Fields {
  fields: { path: string; message: string }[];
}

/** The page on which an invited creator shows interest. GET shows, POST acts. */
@Controller('i')
@ApiExcludeController()
@UseFilters(PageFilter)
export class InvitePageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
    @Inject(PLUGINS) private readonly plugins: PluginRegistry,
  ) {}

  @Get(':token')
  @Public()
  async show(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answer(token, request, response);
  }

  @Post(':token/interest')
  @Public()
  async interest(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const values = formOf(body);
    const read = readAbout(values);
    const wrong = 'fields' in read ? read : await this.express(token, request, read.about);
    if (wrong === null) return lookAgain(response, `/i/${token}`);
    await this.answer(token, request, response, { status: wrong.fields.length > 0 ? 422 : 409, problems: aboutProblems(wrong.fields), values });
  }

  /** @returns null when it was taken; the fields to fill in, or none when the state of things speaks for itself */
  private async express(token: string, request: Request, about: AboutCreator): Promise<Fields | null> {
    try {
      const outcome = await this.asVisitor(token, request, (tx, ref) => expressInterest(tx, { ...ref, via: 'link', about }));
      return outcome.outcome === 'asked' ? { fields: outcome.fields } : null;
    } catch (error) {
      if (!isDomainError(error) || error.code === 'not_found') throw error;
      return { fields: fieldsOf(error.details) };
    }
  }

  private async answer(
    token: string,
    request: Request,
    response: Response,
    { status = 200, problems = {}, values = {} }: { status?: number; problems?: Record<string, string>; values?: Record<string, string> } = {},
  ): Promise<void> {
    const invite = await this.asVisitor(token, request, (tx, ref) => ownInvite(tx, ref));
    const platforms = this.plugins.socials.map(({ platform }) => platform);
    const body = invitePage({ invite, path: `/i/${token}`, platforms, problems, values });
    sendPage(response, { title: invite.campaign.name, of: invite.workspace, body, status });
  }

  private async asVisitor<T>(token: string, request: Request, work: (tx: Tx, ref: Ref) => Promise<T>): Promise<T> {
    const { scope, creatorId, refId } = await visitorOf(this.system, request, token, 'invite');
    if (refId === null) throw new DomainError('not_found');
    return this.db.inWorkspace(scope, (tx) => work(tx, { inviteId: refId, creatorId }));
  }
}
