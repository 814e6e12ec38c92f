import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { creatorThread, markReadByCreator, postAsCreator, unreadOfCreator } from '@sevenfold/core/inbox';
import { onInboundForInvite } from '@sevenfold/core/invites';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { CommandId } from '../idempotency/command-id.js';
import { ApiAbout, ApiMade, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  creatorMessageSchema, creatorPostSchema, creatorReadSchema, creatorUnreadSchema, postedMessageSchema, readReceiptSchema, type CreatorPost, type CreatorRead,
} from './threads.schemas.js';

/** A creator's own thread with the team. */
@Controller('v1/creator/thread')
export class CreatorThreadController {
  constructor(private readonly db: Database) {}

  @Get()
  @ForCreator()
  @ApiAbout('My thread with the team, the latest first')
  @ApiPage(creatorMessageSchema)
  list(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => creatorThread(tx, creatorId, page));
  }

  @Post()
  @ForCreator()
  @ApiAbout('Write to the team')
  @ApiMade(postedMessageSchema)
  async post(
    @CurrentCreator() { scope, creatorId }: CreatorPrincipal,
    @CommandId() dedupeKey: string,
    @Body({ schema: creatorPostSchema }) { text, attachmentIds }: CreatorPost,
  ) {
    const { messageId, campaignId } = await this.db.inWorkspace(scope, (tx) =>
      postAsCreator(tx, { creatorId, text, dedupeKey, attachmentIds }, async (inside, fact) => void (await onInboundForInvite(inside, fact))),
    );
    return { messageId, campaignId };
  }

  @Post('read')
  @ForCreator()
  @ApiAbout('I have read my thread')
  @ApiOk(readReceiptSchema)
  @ApiProblems('not_found')
  async read(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Body({ schema: creatorReadSchema }) { upTo }: CreatorRead) {
    return { read: await this.db.inWorkspace(scope, (tx) => markReadByCreator(tx, creatorId, upTo)) };
  }

  @Get('unread')
  @ForCreator()
  @ApiAbout('How much of my thread I have not read')
  @ApiOk(creatorUnreadSchema)
  async unread(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return { unread: await this.db.reading(scope, (tx) => unreadOfCreator(tx, creatorId)) };
  }
}
