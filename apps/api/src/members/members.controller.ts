import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { changeMember, getMember, inviteMember, listMembers, removeMember } from '@sevenfold/core/team';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  changeMemberSchema, inviteMemberSchema, memberQuery, memberSchema, type ChangeMember, type InviteMember, type MemberQuery,
} from './members.schemas.js';

/** The people of the team and their roles. */
@Controller('v1/members')
export class MembersController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('member.read')
  @ApiAbout('The members, newest first')
  @ApiPage(memberSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: memberQuery }) { removed, ...page }: MemberQuery) {
    return this.db.reading(scope, (tx) => listMembers(tx, page, { removed }));
  }

  @Post()
  @Can('member.manage')
  @ApiAbout('Make somebody a member', 'Without limit on any subscription. Who was removed before comes back as the same member.')
  @ApiMade(memberSchema)
  @ApiProblems('conflict')
  invite(@CurrentScope() scope: Scope, @Body({ schema: inviteMemberSchema }) body: InviteMember) {
    return this.db.inWorkspace(scope, (tx) => inviteMember(tx, body));
  }

  @Get(':id')
  @Can('member.read')
  @ApiAbout('One member')
  @ApiOk(memberSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getMember(tx, id));
  }

  @Patch(':id')
  @Can('member.manage')
  @ApiAbout('Change name, role or Slack link of a member', 'The last owner keeps the role.')
  @ApiOk(memberSchema)
  @ApiProblems('conflict')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeMemberSchema }) body: ChangeMember) {
    return this.db.inWorkspace(scope, (tx) => changeMember(tx, id, body));
  }

  @Delete(':id')
  @Can('member.manage')
  @ApiAbout('Take somebody out of the team', 'Their tokens end at once. The last owner stays.')
  @ApiNothing()
  @ApiProblems('conflict')
  async remove(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => removeMember(tx, id));
  }
}
