import { Module } from '@nestjs/common';
import { AgreementPageController } from './agreement-page.controller.js';
import { InvitePageController } from './invite-page.controller.js';

/** Pages for creators, by personal link: no script, no account. */
@Module({ controllers: [AgreementPageController, InvitePageController] })
export class PagesModule {}
