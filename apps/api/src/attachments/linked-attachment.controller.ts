import { Controller, Get, Param, Res, type StreamableFile, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Database } from '@sevenfold/core/db';
import { openAttachmentLink } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import type { Response } from 'express';
import { Public } from '../auth/route-policy.js';
import { PageFilter } from '../pages/page.filter.js';
import { sendAttachment } from './send-attachment.js';

/** Where providers fetch what goes out as MMS, and readers of plain SMS open it: by a signed link that ends by itself. */
@Controller('m')
@ApiExcludeController()
@UseFilters(PageFilter)
export class LinkedAttachmentController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Get(':token')
  @Public()
  async get(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    return sendAttachment(response, await openAttachmentLink(this.system, this.db, token), { inline: true });
  }
}
