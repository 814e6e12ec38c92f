import { Controller, Get, Inject, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { Database, type Scope } from '@sevenfold/core/db';
import { keepFile, readFile } from '@sevenfold/core/files';
import type { Request, Response } from 'express';
import { CurrentScope } from '../auth/decorators.js';
import { Can, ForCreator } from '../auth/route-policy.js';
import { CONFIG, type HttpConfig } from '../deps.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiFile, ApiMade, ApiProblems } from '../openapi/answers.js';
import { fileSchema } from './files.schemas.js';
import { readUpload } from './read-upload.js';

const bytes = { schema: { type: 'string' as const, format: 'binary' } };

/** Files: images of campaigns, screenshots of results, attachments. */
@Controller('v1')
export class FilesController {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: HttpConfig,
  ) {}

  @Post('files')
  @Can('file.write')
  @ApiAbout('Upload a file', 'The body is the file, with its Content-Type; or a form with one file. The same bytes again are the same file.')
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @ApiBody(bytes)
  @ApiMade(fileSchema)
  @ApiProblems('payload_too_large')
  upload(@CurrentScope() scope: Scope, @Req() request: Request) {
    return this.keep(scope, request);
  }

  @Post('creator/files')
  @ForCreator()
  @ApiAbout('Upload a file as a creator: a screenshot of results, say')
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @ApiBody(bytes)
  @ApiMade(fileSchema)
  @ApiProblems('payload_too_large')
  uploadAsCreator(@CurrentScope() scope: Scope, @Req() request: Request) {
    return this.keep(scope, request);
  }

  @Get('files/:id')
  @Can('file.read')
  @ApiAbout('Download a file')
  @ApiFile('application/octet-stream')
  async download(@CurrentScope() scope: Scope, @Id() id: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const file = await this.db.inWorkspace(scope, (tx) => readFile(tx, id));
    // Somebody uploaded it: it is never to be run as a page of ours.
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
    return new StreamableFile(file.bytes, { type: file.contentType, disposition: 'attachment', length: file.size });
  }

  private async keep(scope: Scope, request: Request) {
    const upload = await readUpload(request, this.config.maxFileBytes);
    const { id, sha256, contentType, size } = await this.db.inWorkspace(scope, (tx) => keepFile(tx, upload));
    return { id, sha256, contentType, size };
  }
}
