import { Module } from '@nestjs/common';
import { ChannelHooksController } from './channel-hooks.controller.js';

@Module({ controllers: [ChannelHooksController] })
export class HooksModule {}
