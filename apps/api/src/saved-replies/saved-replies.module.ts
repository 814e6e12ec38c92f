import { Module } from '@nestjs/common';
import { SavedRepliesController } from './saved-replies.controller.js';

@Module({ controllers: [SavedRepliesController] })
export class SavedRepliesModule {}
