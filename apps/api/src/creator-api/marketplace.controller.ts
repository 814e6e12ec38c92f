import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { apply, applySchema, marketplace, marketplaceCampaign, ownApplications, type ApplyInput } from '@sevenfold/core/applications';
import { Database } from '@sevenfold/core/db';
import { enterForCampaign, ownEntry, postalAddressSchema, type PostalAddress } from '@sevenfold/core/personal-data';
import { CurrentCreator } from '../auth/decorators.js';
import type { CreatorPrincipal } from '../auth/principal.js';
import { ForCreator } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { ApiAbout, ApiMade, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { appliedSchema, entrySchema, marketplaceSchema, ownApplicationListSchema } from './creator.schemas.js';

/** Campaigns to apply to, and what one enters for them. */
@Controller('v1/creator')
export class MarketplaceController {
  constructor(private readonly db: Database) {}

  @Get('campaigns')
  @ForCreator()
  @ApiAbout('The campaigns one can apply to, newest first')
  @ApiPage(marketplaceSchema)
  list(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => marketplace(tx, creatorId, page));
  }

  @Get('campaigns/:id')
  @ForCreator()
  @ApiAbout('One campaign')
  @ApiOk(marketplaceSchema)
  get(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Id() id: string) {
    return this.db.reading(scope, (tx) => marketplaceCampaign(tx, creatorId, id));
  }

  @Post('campaigns/:id/applications')
  @ForCreator()
  @ApiAbout('Apply', 'Once per campaign, until it closes. Who lacks a requirement is told each one; what nobody knows is asked for, in `about`.')
  @ApiMade(appliedSchema)
  @ApiProblems('campaign_closed', 'already_applied', 'not_qualified')
  apply(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Id() id: string, @Body({ schema: applySchema }) body: ApplyInput) {
    return this.db.inWorkspace(scope, (tx) => apply(tx, { campaignId: id, creatorId, ...body }));
  }

  @Get('applications')
  @ForCreator()
  @ApiAbout('My applications, newest first')
  @ApiOk(ownApplicationListSchema)
  async applications(@CurrentCreator() { scope, creatorId }: CreatorPrincipal) {
    return { data: await this.db.reading(scope, (tx) => ownApplications(tx, creatorId)) };
  }

  @Get('campaigns/:id/entry')
  @ForCreator()
  @ApiAbout('Whether I entered name and address for a campaign I applied to')
  @ApiOk(entrySchema)
  entry(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => ownEntry(tx, { campaignId: id, creatorId }));
  }

  @Put('campaigns/:id/entry')
  @ForCreator()
  @ApiAbout('Enter legal name and postal address for a campaign I applied to', 'Nobody of the team can read it before the start, and then only if I am in the group.')
  @ApiOk(entrySchema)
  @ApiProblems('wrong_state')
  async enter(@CurrentCreator() { scope, creatorId }: CreatorPrincipal, @Id() id: string, @Body({ schema: postalAddressSchema }) address: PostalAddress) {
    return this.db.inWorkspace(scope, async (tx) => {
      await enterForCampaign(tx, { campaignId: id, creatorId, address });
      return ownEntry(tx, { campaignId: id, creatorId });
    });
  }
}
