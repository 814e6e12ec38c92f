import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { changeCreator, createCreator, eraseCreator, getCreator, listCreators, mintLink, revokeLink } from '@sevenfold/core/creators';
import { Database, type Scope } from '@sevenfold/core/db';
import { SystemDatabase } from '@sevenfold/core/system';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  changeCreatorSchema, createCreatorSchema, createdLinkSchema, createLinkSchema, creatorQuery, creatorSchema,
  type ChangeCreator, type CreateCreator, type CreateLink, type CreatorQuery,
} from './creators.schemas.js';

/** The creators a workspace knows. */
@Controller('v1/creators')
export class CreatorsController {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  @Get()
  @Can('creator.read')
  @ApiAbout('The creators, newest first')
  @ApiPage(creatorSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: creatorQuery }) { cursor, limit, ...filter }: CreatorQuery) {
    return this.db.reading(scope, (tx) => listCreators(tx, { cursor, limit }, filter));
  }

  @Post()
  @Can('creator.write')
  @ApiAbout('Add a creator', 'Addresses and profiles are brought into the form their plugins know them by.')
  @ApiMade(creatorSchema)
  @ApiProblems('conflict')
  create(@CurrentScope() scope: Scope, @Body({ schema: createCreatorSchema }) body: CreateCreator) {
    return this.db.inWorkspace(scope, (tx) => createCreator(tx, body));
  }

  @Get(':id')
  @Can('creator.read')
  @ApiAbout('One creator')
  @ApiOk(creatorSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getCreator(tx, id));
  }

  @Patch(':id')
  @Can('creator.write')
  @ApiAbout('Change a creator; what is not named stays')
  @ApiOk(creatorSchema)
  @ApiProblems('conflict')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: changeCreatorSchema }) body: ChangeCreator) {
    return this.db.inWorkspace(scope, (tx) => changeCreator(tx, id, body));
  }

  @Delete(':id')
  @Can('creator.write')
  @ApiAbout('Erase a creator', 'Name, addresses, links and words are gone for good; signed agreements stay as they were frozen. 409 while an agreement is open or a collaboration runs.')
  @ApiNothing()
  @ApiProblems('conflict')
  async remove(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    await eraseCreator(this.db, this.system, scope, id);
  }

  @Post(':id/links')
  @Can('creator.link')
  @ApiAbout('Make a personal link by which the creator uses /v1/creator/…')
  @ApiMade(createdLinkSchema)
  async link(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: createLinkSchema }) { purpose, expiresAt }: CreateLink) {
    const until = expiresAt === null ? null : new Date(expiresAt);
    const { linkId, token, url } = await this.db.inWorkspace(scope, (tx) => mintLink(tx, { creatorId: id, purpose, expiresAt: until }));
    return { id: linkId, purpose, token, url, expiresAt };
  }

  @Delete(':id/links/:linkId')
  @Can('creator.link')
  @ApiAbout('End a personal link at once')
  @ApiNothing()
  async unlink(@CurrentScope() scope: Scope, @Id() id: string, @Id('linkId') linkId: string): Promise<void> {
    await this.db.inWorkspace(scope, (tx) => revokeLink(tx, id, linkId));
  }
}
