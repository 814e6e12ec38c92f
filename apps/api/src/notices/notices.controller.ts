import { Controller, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { listNotices, markNoticeDone } from '@sevenfold/core/notices';
import { CurrentMember, CurrentScope } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk, ApiPage } from '../openapi/answers.js';
import { noticeQuery, noticeSchema, type NoticeQuery } from './notices.schemas.js';

/** What the team is told and asked. */
@Controller('v1/notices')
export class NoticesController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('notice.read')
  @ApiAbout('What the team was told and asked, the latest first')
  @ApiPage(noticeSchema)
  list(@CurrentMember() { scope, memberId }: MemberPrincipal, @Query({ schema: noticeQuery }) { cursor, limit, mine, ...filter }: NoticeQuery) {
    return this.db.reading(scope, (tx) => listNotices(tx, { cursor, limit }, { ...filter, ...(mine === true && { forMemberId: memberId }) }));
  }

  @Post(':id/done')
  @Can('notice.answer')
  @ApiAbout('A question is settled', 'One that is settled already, or asked nothing, stays as it is.')
  @ApiOk(noticeSchema)
  done(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => markNoticeDone(tx, id));
  }
}
