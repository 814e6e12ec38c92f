import { Module } from '@nestjs/common';
import { AddressesController } from './addresses.controller.js';
import { CollaborationsController } from './collaborations.controller.js';

@Module({ controllers: [AddressesController, CollaborationsController] })
export class CollaborationsModule {}
