import { Module } from '@nestjs/common';
import { BotModule } from './bot/bot.module.js';
import { HealthModule } from './health/health.module.js';

/** The features, one module each, listed one by one. */
@Module({
  imports: [BotModule, HealthModule],
})
export class AppModule {}
