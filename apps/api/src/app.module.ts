import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { BotModule } from './bot/bot.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { CreatorsModule } from './creators/creators.module.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './health/health.module.js';
import { MembersModule } from './members/members.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** The features, one module each, listed one by one. */
@Module({
  imports: [
    AuditModule,
    BotModule,
    ClientsModule,
    CreatorsModule,
    FilesModule,
    HealthModule,
    MembersModule,
    TokensModule,
    WorkspacesModule,
  ],
})
export class AppModule {}
