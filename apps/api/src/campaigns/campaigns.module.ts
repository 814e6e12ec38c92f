import { Module } from '@nestjs/common';
import { CampaignCommands } from './campaign-commands.js';
import { CampaignsController } from './campaigns.controller.js';
import { LifecycleController } from './lifecycle.controller.js';

@Module({ controllers: [CampaignsController, LifecycleController], providers: [CampaignCommands], exports: [CampaignCommands] })
export class CampaignsModule {}
