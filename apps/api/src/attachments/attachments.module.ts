import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import { LinkedAttachmentController } from './linked-attachment.controller.js';

@Module({ controllers: [AttachmentsController, LinkedAttachmentController] })
export class AttachmentsModule {}
