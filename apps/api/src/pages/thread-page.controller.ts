import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { getCreator } from '@sevenfold/core/creators';
import { Database } from '@sevenfold/core/db';
import { creatorThread, postAsCreator } from '@sevenfold/core/inbox';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { getWorkspace } from '@sevenfold/core/workspaces';
import { isDomainError } from '@sevenfold/domain/errors';
import { isId, newId } from '@sevenfold/platform/ids';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { formOf } from './form.js';
import { PageFilter } from './page.filter.js';
import { lookAgain, sendPage } from './send-page.js';
import { threadPage } from './thread-page.js';
import { visitorOf } from './visitor.js';

const longest = 5_000;

/** The creator's own thread by their personal link. GET shows, POST writes. */
@Controller('c')
@ApiExcludeController()
@UseFilters(PageFilter)
export class ThreadPageController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Get(':token/messages')
  @Public()
  async show(@Param('token') token: string, @Query('before') before: string | undefined, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answer({ token, request, response, before });
  }

  @Post(':token/messages')
  @Public()
  async write(@Param('token') token: string, @Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { text = '', once = '' } = formOf(body);
    const problem = text === '' ? 'Write something first' : text.length > longest ? `Please write at most ${longest} characters` : null;
    if (problem !== null) return this.answer({ token, request, response, problems: { text: problem }, text });
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    try {
      await this.db.inWorkspace(scope, (tx) =>
        postAsCreator(tx, { creatorId, text, dedupeKey: isId(once) ? once : newId() }, async (inside, fact) => void (await onInboundForInvite(inside, fact))),
      );
    } catch (error) {
      // Pressed twice: the first press wrote it.
      if (!isDomainError(error) || error.code !== 'conflict') throw error;
    }
    lookAgain(response, `/c/${token}/messages`);
  }

  private async answer(call: { token: string; request: Request; response: Response; before?: string | undefined; problems?: Record<string, string>; text?: string }): Promise<void> {
    const { token, request, response, before, problems = {}, text } = call;
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    const { team, timeZone, page } = await this.db.inWorkspace(scope, async (tx) => {
      const workspace = await getWorkspace(tx);
      const { timeZone: own } = await getCreator(tx, creatorId);
      return { team: workspace.name, timeZone: own ?? workspace.timeZone, page: await creatorThread(tx, creatorId, { limit: 50, cursor: before }) };
    });
    const path = `/c/${token}/messages`;
    const older = page.nextCursor === null ? null : `${path}?before=${encodeURIComponent(page.nextCursor)}`;
    const body = threadPage({ home: `/c/${token}`, path, team, messages: page.data, once: newId(), timeZone, older, problems, ...(text !== undefined && { text }) });
    sendPage(response, { title: 'Messages', of: team, body, status: Object.keys(problems).length > 0 ? 422 : 200 });
  }
}
