import { Module } from '@nestjs/common';
import { AgreementPageController } from './agreement-page.controller.js';
import { CreatorPageController } from './creator-page.controller.js';
import { OwnAgreementsPageController } from './own-agreements-page.controller.js';
import { ThreadPageController } from './thread-page.controller.js';
import { InvitePageController } from './invite-page.controller.js';

/** Pages for creators, by personal link: no script, no account. */
@Module({ controllers: [AgreementPageController, CreatorPageController, OwnAgreementsPageController, ThreadPageController, InvitePageController] })
export class PagesModule {}
