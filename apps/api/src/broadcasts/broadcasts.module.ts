import { Module } from '@nestjs/common';
import { BroadcastsController } from './broadcasts.controller.js';
import { SendingController } from './sending.controller.js';

@Module({ controllers: [BroadcastsController, SendingController] })
export class BroadcastsModule {}
