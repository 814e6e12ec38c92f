import { Body, Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ownAgreements } from '@sevenfold/core/agreements';
import { apply, askedOfCreator, marketplace, marketplaceCampaign, ownApplications } from '@sevenfold/core/applications';
import { ownCollaborations } from '@sevenfold/core/collaborations';
import { getCreator } from '@sevenfold/core/creators';
import { Database, type Tx } from '@sevenfold/core/db';
import { keepFile } from '@sevenfold/core/files';
import { enteredAt, enterForCampaign } from '@sevenfold/core/personal-data';
import { addResult, addResultSchema, changeResult, listResults } from '@sevenfold/core/results';
import { SystemDatabase } from '@sevenfold/core/system';
import { getWorkspace } from '@sevenfold/core/workspaces';
import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import type { PluginRegistry } from '@sevenfold/plugin-sdk';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { PLUGINS } from '../deps.js';
import { Id } from '../http/id.js';
import { applyProblems, readApplication } from './apply-form.js';
import { campaignPage } from './campaign-page.js';
import { readEntry } from './entry-form.js';
import { fieldsOf, formOf, multipartOf } from './form.js';
import { overviewPage } from './overview-page.js';
import { PageFilter } from './page.filter.js';
import { readFigures } from './results-form.js';
import { lookAgain, sendPage } from './send-page.js';
import { visitorOf } from './visitor.js';

type Values = Record<string, string>;
interface Wrong {
  fields: { path: string; message: string }[];
}
interface Call {
  token: string;
  campaignId: string;
  request: Request;
  response: Response;
}

/** Everything of a creator by one personal link: campaigns, applying, address, results. GET shows, POST acts. */
@Controller('c')
@ApiExcludeController()
@UseFilters(PageFilter)
export class CreatorPageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
    @Inject(PLUGINS) private readonly plugins: PluginRegistry,
  ) {}

  @Get(':token')
  @Public()
  async overview(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { of, ...page } = await this.asVisitor(token, request, async (tx, creatorId) => {
      const { name, newsletterOptIn } = await getCreator(tx, creatorId);
      return {
        of: (await getWorkspace(tx)).name,
        name,
        newsletter: newsletterOptIn,
        path: `/c/${token}`,
        collaborations: await ownCollaborations(tx, creatorId),
        applications: await ownApplications(tx, creatorId),
        agreements: await ownAgreements(tx, creatorId),
        open: (await marketplace(tx, creatorId, { limit: 200 })).data,
      };
    });
    sendPage(response, { title: 'Your campaigns', of, body: overviewPage(page) });
  }

  @Get(':token/campaigns/:id')
  @Public()
  async campaign(@Param('token') token: string, @Id() campaignId: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answer({ token, campaignId, request, response });
  }

  @Post(':token/campaigns/:id/apply')
  @Public()
  async apply(@Param('token') token: string, @Id() campaignId: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const values = formOf(body);
    const read = readApplication(values);
    await this.act({ token, campaignId, request, response }, values, async (tx, creatorId) => {
      if ('fields' in read) return read;
      await apply(tx, { campaignId, creatorId, ...read.input });
      return null;
    });
  }

  @Post(':token/campaigns/:id/entry')
  @Public()
  async entry(@Param('token') token: string, @Id() campaignId: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const values = formOf(body);
    const read = readEntry(values);
    await this.act({ token, campaignId, request, response }, values, async (tx, creatorId) => {
      if ('fields' in read) return read;
      await enterForCampaign(tx, { campaignId, creatorId, address: read.address });
      return null;
    });
  }

  @Post(':token/campaigns/:id/results')
  @Public()
  async addPost(@Param('token') token: string, @Id() campaignId: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { values, file } = await multipartOf(body, request.header('content-type') ?? '');
    const read = addResultSchema.safeParse({ platform: values['platform'] ?? '', postUrl: values['postUrl'] ?? '' });
    await this.act({ token, campaignId, request, response }, values, async (tx, creatorId) => {
      if (!read.success) return { fields: read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
      const collaborationId = await this.collaborationOf(tx, creatorId, campaignId);
      await addResult(tx, { collaborationId, ...read.data, ...(await keepScreenshot(tx, file)) });
      return null;
    });
  }

  @Post(':token/campaigns/:id/results/:resultId')
  @Public()
  async figures(
    @Param('token') token: string, @Id() campaignId: string, @Id('resultId') resultId: string,
    @Req() request: Request, @Res() response: Response, @Body() body: unknown,
  ): Promise<void> {
    const { values, file } = await multipartOf(body, request.header('content-type') ?? '');
    const read = readFigures(values, resultId);
    await this.act({ token, campaignId, request, response }, values, async (tx) => {
      if ('fields' in read) return read;
      await changeResult(tx, { resultId, figures: read.figures, ...(await keepScreenshot(tx, file)) });
      return null;
    });
  }

  /** @param work null when it was done, else what is wrong with the form */
  private async act(call: Call, values: Values, work: (tx: Tx, creatorId: string) => Promise<Wrong | null>): Promise<void> {
    const wrong = await this.attempt(call, work);
    if (wrong === null) return lookAgain(call.response, `/c/${call.token}/campaigns/${call.campaignId}`);
    await this.answer(call, { status: wrong.fields.length > 0 ? 422 : 409, problems: applyProblems(wrong.fields), values });
  }

  private async attempt({ token, request }: Call, work: (tx: Tx, creatorId: string) => Promise<Wrong | null>): Promise<Wrong | null> {
    try {
      return await this.asVisitor(token, request, work);
    } catch (error) {
      if (!isDomainError(error) || error.code === 'not_found') throw error;
      if (error.code === 'not_qualified') return { fields: [{ path: 'motivation', message: lacking(error.details) }] };
      if (error.code === 'conflict') return { fields: [{ path: 'postUrl', message: error.message }] };
      return { fields: fieldsOf(error.details) };
    }
  }

  private async answer(
    { token, campaignId, request, response }: Call,
    { status = 200, problems = {}, values = {} }: { status?: number; problems?: Values; values?: Values } = {},
  ): Promise<void> {
    const home = `/c/${token}`;
    const { of, ...page } = await this.asVisitor(token, request, async (tx, creatorId) => {
      const collaboration = (await ownCollaborations(tx, creatorId)).find(({ campaign }) => campaign.id === campaignId) ?? null;
      return {
        of: (await getWorkspace(tx)).name,
        campaign: await marketplaceCampaign(tx, creatorId, campaignId),
        collaboration,
        results: collaboration ? await listResults(tx, collaboration.id) : [],
        enteredAt: await enteredAt(tx, { campaignId, creatorId }),
        asked: await askedOfCreator(tx, { campaignId, creatorId }),
      };
    });
    const platforms = this.plugins.socials.map(({ platform }) => platform);
    const body = campaignPage({ ...page, platforms, home, path: `${home}/campaigns/${campaignId}`, problems, values });
    sendPage(response, { title: page.campaign.name, of, body, status });
  }

  private async collaborationOf(tx: Tx, creatorId: string, campaignId: string): Promise<string> {
    const found = (await ownCollaborations(tx, creatorId)).find(({ campaign }) => campaign.id === campaignId);
    if (!found) throw new DomainError('not_found');
    return found.id;
  }

  private async asVisitor<T>(token: string, request: Request, work: (tx: Tx, creatorId: string) => Promise<T>): Promise<T> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    return this.db.inWorkspace(scope, (tx) => work(tx, creatorId));
  }
}

async function keepScreenshot(tx: Tx, file: File | null): Promise<{ screenshotFileId?: string }> {
  if (!file) return {};
  const { id } = await keepFile(tx, { bytes: Buffer.from(await file.arrayBuffer()), contentType: file.type || 'application/octet-stream' });
  return { screenshotFileId: id };
}

function lacking(details: Record<string, unknown>): string {
  const missing: unknown[] = Array.isArray(details['missing']) ? details['missing'] : [];
  const needs = missing.flatMap((each) => (typeof each === 'object' && each !== null && 'field' in each && 'need' in each ? [`${String(each.field)}: ${String(each.need)}`] : []));
  return `This campaign asks for something else. It needs ${needs.join('; ')}.`;
}
