import { Module } from '@nestjs/common';
import { CustomerSuccessController } from './customer-success.controller.js';

@Module({ controllers: [CustomerSuccessController] })
export class CustomerSuccessModule {}
