import { Module } from '@nestjs/common';
import { UnassignedController } from './unassigned.controller.js';

@Module({ controllers: [UnassignedController] })
export class UnassignedModule {}
