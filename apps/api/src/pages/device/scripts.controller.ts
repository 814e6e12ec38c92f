import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../auth/route-policy.js';
import { pageScript, workerScript } from './page-script.js';

/** The two scripts of the creators' pages. They hold nothing of anybody. */
@Controller('c/-')
@ApiExcludeController()
export class ScriptsController {
  @Get('thread.js')
  @Public()
  thread(@Res() response: Response): void {
    response.set('Cache-Control', 'no-cache').type('text/javascript').send(pageScript);
  }

  @Get('worker.js')
  @Public()
  worker(@Res() response: Response): void {
    // It may speak for all pages of creators, not only for those beside it.
    response.set({ 'Cache-Control': 'no-cache', 'Service-Worker-Allowed': '/c/' }).type('text/javascript').send(workerScript);
  }
}
