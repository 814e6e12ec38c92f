import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { BotModule } from './bot/bot.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { CreatorsModule } from './creators/creators.module.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './health/health.module.js';
import { MembersModule } from './members/members.module.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { StoriesModule } from './stories/stories.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** The features, one module each, listed one by one. */
@Module({
  imports: [
    AuditModule,
    BotModule,
    CampaignsModule,
    ClientsModule,
    CreatorsModule,
    FilesModule,
    HealthModule,
    MembersModule,
    SchedulesModule,
    StoriesModule,
    TokensModule,
    WorkspacesModule,
  ],
})
export class AppModule {}
