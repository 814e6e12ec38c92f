import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { createToken, listTokens, revokeToken } from '@sevenfold/core/team';
import { CurrentMember } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { ApiAbout, ApiMade, ApiNothing, ApiPage, ApiProblems } from '../openapi/answers.js';
import { createdTokenSchema, createTokenSchema, tokenSchema, type CreateToken } from './tokens.schemas.js';

/** API tokens. */
@Controller('v1/tokens')
export class TokensController {
  constructor(private readonly db: Database) {}

  @Get()
  @Can('token.manage')
  @ApiAbout('One’s own tokens, newest first; all of them for who manages members')
  @ApiPage(tokenSchema)
  list(@CurrentMember() me: MemberPrincipal, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(me.scope, (tx) => listTokens(tx, me, page));
  }

  @Post()
  @Can('token.manage')
  @ApiAbout('Make a token', 'The secret is shown this once. A token can give no scope it has not got itself.')
  @ApiMade(createdTokenSchema)
  @ApiProblems('not_found')
  create(@CurrentMember() me: MemberPrincipal, @Body({ schema: createTokenSchema }) body: CreateToken) {
    return this.db.inWorkspace(me.scope, (tx) => createToken(tx, me, body));
  }

  @Delete(':id')
  @Can('token.manage')
  @ApiAbout('End a token at once')
  @ApiNothing()
  async revoke(@CurrentMember() me: MemberPrincipal, @Id() id: string): Promise<void> {
    await this.db.inWorkspace(me.scope, (tx) => revokeToken(tx, me, id));
  }
}
