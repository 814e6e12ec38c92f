import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { publicStoryImage } from '@sevenfold/core/story';
import { SystemDatabase } from '@sevenfold/core/system';
import type { Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiFile } from '../openapi/answers.js';

/** Where platforms fetch the images of stories, which they do without signing in. */
@Controller('v1/public/stories')
export class StoryImagesController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Get(':id/:hash')
  @Public()
  @ApiAbout('The image of a story')
  @ApiFile('image/jpeg', 'image/png')
  async get(@Id() id: string, @Param('hash') hash: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const image = await publicStoryImage(this.system, this.db, id, hash);
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    return new StreamableFile(image.bytes, { type: image.contentType, length: image.size });
  }
}
