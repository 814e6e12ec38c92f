import { Module } from '@nestjs/common';
import { InvitesController } from './invites.controller.js';

@Module({ controllers: [InvitesController] })
export class InvitesModule {}
