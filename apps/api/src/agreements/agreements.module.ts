import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { AgreementsController } from './agreements.controller.js';
import { ReplacementsController } from './replacements.controller.js';

@Module({ imports: [CampaignsModule], controllers: [AgreementsController, ReplacementsController] })
export class AgreementsModule {}
