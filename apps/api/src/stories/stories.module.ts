import { Module } from '@nestjs/common';
import { StoryImagesController } from './story-images.controller.js';

@Module({ controllers: [StoryImagesController] })
export class StoriesModule {}
