import { Module } from '@nestjs/common';
import { AgreementsModule } from './agreements/agreements.module.js';
import { ApplicationsModule } from './applications/applications.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BotModule } from './bot/bot.module.js';
import { BroadcastsModule } from './broadcasts/broadcasts.module.js';
import { SavedRepliesModule } from './saved-replies/saved-replies.module.js';
import { SequencesModule } from './sequences/sequences.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { CollaborationsModule } from './collaborations/collaborations.module.js';
import { CreatorApiModule } from './creator-api/creator-api.module.js';
import { CreatorsModule } from './creators/creators.module.js';
import { CustomerSuccessModule } from './customer-success/customer-success.module.js';
import { FilesModule } from './files/files.module.js';
import { HealthModule } from './health/health.module.js';
import { HooksModule } from './hooks/hooks.module.js';
import { InvitesModule } from './invites/invites.module.js';
import { LiveModule } from './live/live.module.js';
import { MailboxesModule } from './mailboxes/mailboxes.module.js';
import { MembersModule } from './members/members.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { PagesModule } from './pages/pages.module.js';
import { PushModule } from './push/push.module.js';
import { ResultsModule } from './results/results.module.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { StoriesModule } from './stories/stories.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { ThreadsModule } from './threads/threads.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UnassignedModule } from './unassigned/unassigned.module.js';
import { WorkspacesModule } from './workspaces/workspaces.module.js';

/** The features, one module each, listed one by one. */
@Module({
  imports: [
    AgreementsModule,
    ApplicationsModule,
    AttachmentsModule,
    AuditModule,
    BotModule,
    BroadcastsModule, SavedRepliesModule, SequencesModule,
    CampaignsModule,
    ClientsModule,
    CollaborationsModule,
    CreatorApiModule,
    CreatorsModule,
    CustomerSuccessModule,
    FilesModule,
    HealthModule,
    HooksModule,
    InvitesModule,
    LiveModule,
    MailboxesModule,
    MembersModule,
    NoticesModule,
    PagesModule,
    PushModule,
    ResultsModule,
    SchedulesModule,
    StoriesModule,
    TemplatesModule,
    ThreadsModule,
    TokensModule,
    UnassignedModule,
    WorkspacesModule,
  ],
})
export class AppModule {}
