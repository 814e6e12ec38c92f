import { Module } from '@nestjs/common';
import { ChannelHooksController } from './channel-hooks.controller.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

@Module({ controllers: [ChannelHooksController, UnsubscribeController] })
export class HooksModule {}
