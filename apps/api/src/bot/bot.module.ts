import { Module } from '@nestjs/common';
import { BotController } from './bot.controller.js';

@Module({ controllers: [BotController] })
export class BotModule {}
