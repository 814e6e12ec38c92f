import { Body, Controller, Post } from '@nestjs/common';
import { getCampaign, rescheduleSchema, type CampaignView, type CommandName, type RescheduleInput } from '@sevenfold/core/campaigns';
import { Database, type Scope } from '@sevenfold/core/db';
import type { Json } from '@sevenfold/domain/errors';
import { CurrentScope } from '../auth/decorators.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { CommandId } from '../idempotency/command-id.js';
import { SeveralSteps } from '../idempotency/several-steps.js';
import { ApiAbout, ApiOk, ApiProblems } from '../openapi/answers.js';
import { CampaignCommands } from './campaign-commands.js';
import { campaignSchema, nothingSchema } from './campaigns.schemas.js';

type Nothing = Record<string, never>;

/** The commands of a campaign's life. Each answers with the campaign as it is afterwards. */
@Controller('v1/campaigns/:id')
@SeveralSteps()
export class LifecycleController {
  constructor(
    private readonly db: Database,
    private readonly commands: CampaignCommands,
  ) {}

  @Post('publish')
  @Can('campaign.publish')
  @ApiAbout('Publish a draft', 'Day 1. Refused with every missing field named while it is incomplete.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'campaign_incomplete', 'engine_unavailable')
  publish(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'publish', id, commandId);
  }

  @Post('close')
  @Can('campaign.close')
  @ApiAbout('Close before its time', 'Applications and invites are refused from now on, and the start is possible at once.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'engine_unavailable')
  close(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'close', id, commandId);
  }

  @Post('start')
  @Can('campaign.start')
  @ApiAbout('Start the collaboration', 'Once, after the close. Fixes the group for ever; a second press learns who pressed and when.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'already_started', 'campaign_paused', 'nobody_signed', 'engine_unavailable')
  start(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'start', id, commandId);
  }

  @Post('pause')
  @Can('campaign.pause')
  @ApiAbout('Pause', 'Stops milestones, automatic messages and signing windows. Closing, cancelling, rescheduling and creators’ answers go on.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'engine_unavailable')
  pause(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'pause', id, commandId);
  }

  @Post('resume')
  @Can('campaign.pause')
  @ApiAbout('Go on after a pause', 'Milestones move by whole days, open signing windows by the pause itself, and creators are told.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'engine_unavailable')
  resume(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'resume', id, commandId);
  }

  @Post('reschedule')
  @Can('campaign.reschedule')
  @ApiAbout('Another schedule, or other moments for what is still ahead', 'The close must lie in the future. Signing windows stay as promised.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'engine_unavailable')
  reschedule(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: rescheduleSchema }) body: RescheduleInput) {
    return this.run(scope, 'reschedule', id, commandId, { ...body });
  }

  @Post('cancel')
  @Can('campaign.cancel')
  @ApiAbout('Cancel', 'Possible until the start. Open agreements are withdrawn and applicants are told once.')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state', 'engine_unavailable')
  cancel(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'cancel', id, commandId);
  }

  @Post('finish')
  @Can('campaign.finish')
  @ApiAbout('Say that a started campaign is done')
  @ApiOk(campaignSchema)
  @ApiProblems('wrong_state')
  finish(@CurrentScope() scope: Scope, @Id() id: string, @CommandId() commandId: string, @Body({ schema: nothingSchema }) _body: Nothing) {
    return this.run(scope, 'finish', id, commandId);
  }

  private async run(scope: Scope, name: CommandName, campaignId: string, commandId: string, input: Json = {}): Promise<CampaignView> {
    await this.commands.run(scope, { name, campaignId, commandId, input });
    return this.db.inWorkspace(scope, (tx) => getCampaign(tx, campaignId));
  }
}
