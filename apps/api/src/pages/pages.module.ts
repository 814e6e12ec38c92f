import { Module } from '@nestjs/common';
import { AgreementPageController } from './agreement-page.controller.js';
import { CreatorPageController } from './creator-page.controller.js';
import { DevicePageController } from './device-page.controller.js';
import { ScriptsController } from './device/scripts.controller.js';
import { OwnAgreementsPageController } from './own-agreements-page.controller.js';
import { ThreadPageController } from './thread-page.controller.js';
import { InvitePageController } from './invite-page.controller.js';

/** Pages for creators, by personal link: no account, and nothing that needs a script. */
@Module({ controllers: [AgreementPageController, CreatorPageController, OwnAgreementsPageController, ThreadPageController, DevicePageController, ScriptsController, InvitePageController] })
export class PagesModule {}
