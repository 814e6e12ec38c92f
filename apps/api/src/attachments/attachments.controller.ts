import { Controller, Get, Inject, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiQuery } from '@nestjs/swagger';
import { Database, type Scope } from '@sevenfold/core/db';
import { keepUpload, readAttachment, readOwnAttachment } from '@sevenfold/core/inbox';
import type { Request, Response } from 'express';
import { CurrentCreator, CurrentScope } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { Can, ForCreator } from '../auth/route-policy.js';
import { CONFIG, type HttpConfig } from '../deps.js';
import { readUpload } from '../files/read-upload.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiFile, ApiMade, ApiProblems } from '../openapi/answers.js';
import { attachmentSchema } from './attachments.schemas.js';
import { sendAttachment } from './send-attachment.js';

const bytes = { schema: { type: 'string' as const, format: 'binary' } };
const how = 'The body is the file, with its Content-Type and `?filename=`; or a form with one file. Then send it with a message by its id. Unsent it is removed after a week.';
const named = { name: 'filename', required: false, type: String };

/** Files of messages. */
@Controller('v1')
export class AttachmentsController {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: HttpConfig,
  ) {}

  @Post('attachments')
  @Can('thread.reply')
  @ApiAbout('Upload a file for a message to a creator', how)
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @ApiBody(bytes)
  @ApiQuery(named)
  @ApiMade(attachmentSchema)
  @ApiProblems('payload_too_large')
  upload(@CurrentScope() scope: Scope, @Req() request: Request) {
    return this.keep(scope, request);
  }

  @Get('attachments/:id')
  @Can('thread.read')
  @ApiAbout('Download a file of a message')
  @ApiFile('application/octet-stream')
  async download(@CurrentScope() scope: Scope, @Id() id: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    return sendAttachment(response, await this.db.inWorkspace(scope, (tx) => readAttachment(tx, id)));
  }

  @Post('creator/attachments')
  @ForCreator()
  @ApiAbout('Upload a file for a message to the team', how)
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @ApiBody(bytes)
  @ApiQuery(named)
  @ApiMade(attachmentSchema)
  @ApiProblems('payload_too_large')
  uploadAsCreator(@CurrentCreator() { scope }: CreatorPrincipal, @Req() request: Request) {
    return this.keep(scope, request);
  }

  @Get('creator/attachments/:id')
  @ForCreator()
  @ApiAbout('Download a file of my thread')
  @ApiFile('application/octet-stream')
  async downloadAsCreator(
    @CurrentCreator() { scope, creatorId }: CreatorPrincipal,
    @Id() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sendAttachment(response, await this.db.inWorkspace(scope, (tx) => readOwnAttachment(tx, creatorId, id)));
  }

  private async keep(scope: Scope, request: Request) {
    const upload = await readUpload(request, this.config.maxFileBytes);
    return this.db.inWorkspace(scope, (tx) => keepUpload(tx, upload));
  }
}
