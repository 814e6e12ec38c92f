import { Module } from '@nestjs/common';
import { CampaignMessagesController } from './campaign-messages.controller.js';
import { CreatorThreadController } from './creator-thread.controller.js';
import { DeskController } from './desk.controller.js';
import { InboxSearch } from './inbox-search.js';
import { MessagesController } from './messages.controller.js';
import { ThreadsController } from './threads.controller.js';

@Module({ controllers: [CampaignMessagesController, CreatorThreadController, DeskController, MessagesController, ThreadsController], providers: [InboxSearch] })
export class ThreadsModule {}
