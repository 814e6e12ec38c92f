import { Module } from '@nestjs/common';
import { SequenceRunsController } from './sequence-runs.controller.js';
import { SequencesController } from './sequences.controller.js';

@Module({ controllers: [SequenceRunsController, SequencesController] })
export class SequencesModule {}
