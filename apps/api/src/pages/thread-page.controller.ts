import { Body, Controller, Get, Param, Post, Query, Req, Res, type StreamableFile, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { getCreator } from '@sevenfold/core/creators';
import { Database } from '@sevenfold/core/db';
import { creatorThread, keepUpload, postAsCreator, readOwnAttachment, unreadOfCreator } from '@sevenfold/core/inbox';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { SystemDatabase } from '@sevenfold/core/system';
import { getWorkspace } from '@sevenfold/core/workspaces';
import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import { isId, newId } from '@sevenfold/platform/ids';
import type { Request, Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { sendAttachment } from '../attachments/send-attachment.js';
import { isMultipart } from '../http/bodies.js';
import { formOf, multipartOf } from './form.js';
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
    const sent = isMultipart(request.header('content-type')) ? await multipartOf(body, request.header('content-type') ?? '') : { values: formOf(body), file: null };
    const { values: { text = '', once = '' }, file } = sent;
    const problem = text === '' && file === null ? 'Write something first' : text.length > longest ? `Please write at most ${longest} characters` : null;
    if (problem !== null) return this.answer({ token, request, response, problems: { text: problem }, text });
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    try {
      await this.db.inWorkspace(scope, async (tx) => {
        const uploads = file === null ? [] : [await keepUpload(tx, { bytes: Buffer.from(await file.arrayBuffer()), contentType: file.type, filename: file.name })];
        const attachmentIds = uploads.map(({ id }) => id);
        await postAsCreator(tx, { creatorId, text, dedupeKey: isId(once) ? once : newId(), attachmentIds }, async (inside, fact) => void (await onInboundForInvite(inside, fact)));
      });
    } catch (error) {
      // Pressed twice: the first press wrote it.
      if (!isDomainError(error) || error.code !== 'conflict') throw error;
    }
    lookAgain(response, `/c/${token}/messages`);
  }

  @Get(':token/attachments/:id')
  @Public()
  async file(@Param('token') token: string, @Param('id') id: string, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    if (!isId(id)) throw new DomainError('not_found', { entity: 'attachment' });
    return sendAttachment(response, await this.db.inWorkspace(scope, (tx) => readOwnAttachment(tx, creatorId, id)));
  }

  private async answer(call: { token: string; request: Request; response: Response; before?: string | undefined; problems?: Record<string, string>; text?: string }): Promise<void> {
    const { token, request, response, before, problems = {}, text } = call;
    const { scope, creatorId } = await visitorOf(this.system, request, token, 'creator');
    const { team, timeZone, page, unread } = await this.db.inWorkspace(scope, async (tx) => {
      const workspace = await getWorkspace(tx);
      const { timeZone: own } = await getCreator(tx, creatorId);
      return { team: workspace.name, timeZone: own ?? workspace.timeZone, page: await creatorThread(tx, creatorId, { limit: 50, cursor: before }), unread: await unreadOfCreator(tx, creatorId) };
    });
    const path = `/c/${token}/messages`;
    const older = page.nextCursor === null ? null : `${path}?before=${encodeURIComponent(page.nextCursor)}`;
    const body = threadPage({ home: `/c/${token}`, path, team, messages: page.data, once: newId(), timeZone, older, unread, pushKey: this.db.services.push?.publicKey ?? null, problems, ...(text !== undefined && { text }) });
    sendPage(response, { title: 'Messages', of: team, body, script: '/c/-/thread.js', status: Object.keys(problems).length > 0 ? 422 : 200 });
  }
}
