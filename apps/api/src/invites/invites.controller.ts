import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { expressInterest, getInvite, listInvites, previewInvite, searchNetwork, sendInvites } from '@sevenfold/core/invites';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { nothingSchema } from '../campaigns/campaigns.schemas.js';
import { Id } from '../http/id.js';
import { ApiAbout, ApiOk, ApiPage, ApiProblems } from '../openapi/answers.js';
import {
  interestOutcomeSchema, inviteOutcomesSchema, invitePreviewSchema, inviteQuery, inviteSchema, networkCreatorSchema, networkQuery,
  previewInviteSchema, sendInvitesSchema, type InviteQuery, type NetworkQuery, type PreviewInvite, type SendInvites,
} from './invites.schemas.js';

/** Outreach: the network and invites for a campaign, from publication until the close. */
@Controller('v1')
export class InvitesController {
  constructor(private readonly db: Database) {}

  @Get('campaigns/:id/network')
  @Can('invite.send')
  @ApiAbout('Search the network for a campaign', 'Professional and Enterprise only.')
  @ApiPage(networkCreatorSchema)
  @ApiProblems('subscription_required')
  network(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: networkQuery }) { cursor, limit, ...filter }: NetworkQuery) {
    return this.db.inWorkspace(scope, (tx) => searchNetwork(tx, { campaignId: id, ...filter }, { cursor, limit }));
  }

  @Get('campaigns/:id/invites')
  @Can('invite.read')
  @ApiAbout('The invites of a campaign, newest first')
  @ApiPage(inviteSchema)
  list(@CurrentScope() scope: Scope, @Id() id: string, @Query({ schema: inviteQuery }) { status, ...page }: InviteQuery) {
    return this.db.reading(scope, (tx) => listInvites(tx, { campaignId: id, status }, page));
  }

  @Post('campaigns/:id/invites')
  @Can('invite.send')
  @ApiAbout('Invite creators of the network', 'With the default text, one for all, or one for each. A creator is invited once per campaign. Professional and Enterprise only.')
  @ApiOk(inviteOutcomesSchema)
  @ApiProblems('subscription_required', 'wrong_state', 'campaign_closed', 'campaign_paused', 'missing_variables')
  async send(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: sendInvitesSchema }) body: SendInvites) {
    return { data: await this.db.inWorkspace(scope, (tx) => sendInvites(tx, { campaignId: id, ...body })) };
  }

  @Post('campaigns/:id/invites/preview')
  @Can('invite.send')
  @ApiAbout('The invite as one creator would read it', 'Sends and stores nothing.')
  @ApiOk(invitePreviewSchema)
  @ApiProblems('subscription_required', 'missing_variables')
  preview(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: previewInviteSchema }) body: PreviewInvite) {
    return this.db.inWorkspace(scope, (tx) => previewInvite(tx, { campaignId: id, ...body }));
  }

  @Get('invites/:id')
  @Can('invite.read')
  @ApiAbout('One invite')
  @ApiOk(inviteSchema)
  get(@CurrentScope() scope: Scope, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => getInvite(tx, id));
  }

  @Post('invites/:id/interested')
  @Can('invite.mark-interested')
  @ApiAbout('Mark as interested', 'For an answer in the creator’s own words, which is never guessed. Makes a pending application, or says what is lacking.')
  @ApiOk(interestOutcomeSchema)
  @ApiProblems('campaign_closed')
  interested(@CurrentScope() scope: Scope, @Id() id: string, @Body({ schema: nothingSchema }) _body: Record<string, never>) {
    return this.db.inWorkspace(scope, (tx) => expressInterest(tx, { inviteId: id, via: 'member' }));
  }
}
