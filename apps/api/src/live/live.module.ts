import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.js';

/** Live updates for the team and for creators. */
@Module({ controllers: [LiveController] })
export class LiveModule {}
