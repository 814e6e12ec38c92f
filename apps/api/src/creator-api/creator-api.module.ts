import { Module } from '@nestjs/common';
import { MarketplaceController } from './marketplace.controller.js';
import { MeController } from './me.controller.js';
import { OwnAgreementsController } from './own-agreements.controller.js';
import { OwnCollaborationsController } from './own-collaborations.controller.js';
import { OwnInvitesController } from './own-invites.controller.js';

/** What creators can do, all of it: nothing of the team's has a path to here. */
@Module({ controllers: [MarketplaceController, MeController, OwnAgreementsController, OwnCollaborationsController, OwnInvitesController] })
export class CreatorApiModule {}
