import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  campaignPatchSchema, createCampaign, deleteDraft, getCampaign, listCampaigns, previewStart, timeline, updateCampaign, type CampaignPatch,
} from '@sevenfold/core/campaigns';
import { Database, type Scope } from '@sevenfold/core/db';
import { campaignDraftSchema, type CampaignDraft } from '@sevenfold/domain/campaigns';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { pageQuery, type PageQuery } from '../http/page-query.js';
import { ApiAbout, ApiMade, ApiNothing, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import { campaignLineSchema, campaignQuery, campaignSchema, startPreviewSchema, timelineSchema, type CampaignQuery } from './campaigns.schemas.js';

/** Campaigns: drafts, what they say, and what happened in them. */
@Controller('v1/campaigns')
export class CampaignsController {
  constructor(private readonly db: Database) {}

  @Post()
  @Can('campaign.write')
  @ApiAbout('Open a draft', 'Everything may still be missing; what is there must be right.')
  @ApiMade(campaignSchema)
  create(@CurrentScope() scope: Scope, @Body({ schema: campaignDraftSchema }) body: CampaignDraft) {
    return this.db.inWorkspace(scope, (tx) => createCampaign(tx, body));
  }

  @Get()
  @Can('campaign.read')
  @ApiAbout('The campaigns, newest first')
  @ApiPage(campaignLineSchema)
  list(@CurrentScope() scope: Scope, @Query({ schema: campaignQuery }) { status, clientId, ...page }: CampaignQuery) {
    return this.db.reading(scope, (tx) => listCampaigns(tx, { status, clientId }, page));
  }

  @Get(':id')
  @Can('campaign.read')
  @ApiAbout('One campaign')
  @ApiOk(campaignSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.reading(scope, (tx) => getCampaign(tx, id));
  }

  @Patch(':id')
  @Can('campaign.write')
  @ApiAbout('Change a campaign', 'Of a draft everything; later the contact and the audience only, never what creators applied for or signed.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state')
  change(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: campaignPatchSchema }) body: CampaignPatch) {
    return this.db.inWorkspace(scope, (tx) => updateCampaign(tx, id, body));
  }

  @Delete(':id')
  @Can('campaign.write')
  @ApiAbout('Delete a draft', 'Once published, a campaign is cancelled instead.')
  @ApiNothing()
  @ApiProblems('wrong_state')
  remove(@CurrentScope() scope: Scope, @Id() id: string): Promise<void> {
    return this.db.inWorkspace(scope, (tx) => deleteDraft(tx, id));
  }

  @Get(':id/start-preview')
  @Can('campaign.start')
  @ApiAbout('What the start would do now: the group by name, the open agreements')
  @ApiOk(startPreviewSchema)
  startPreview(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => previewStart(tx, id));
  }

  @Get(':id/timeline')
  @Can('campaign.read')
  @ApiAbout('What happened, when and by whom, and what comes next and when, in the campaign’s zone')
  @ApiOk(timelineSchema)
  timeline(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: pageQuery }) page: PageQuery) {
    return this.db.reading(scope, (tx) => timeline(tx, id, page));
  }
}
