import { Catch, type ArgumentsHost, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Logger } from '@sevenfold/platform/logging';
import type { Request, Response } from 'express';
import { LOGGER } from '../deps.js';
import { toProblem } from '../http/problem.js';
import { html } from './html.js';
import { sendPage } from './send-page.js';

const told: Record<number, { title: string; text: string }> = {
  404: { title: 'This link does not work', text: 'It may be incomplete or no longer valid. Open it again from the message, or ask whoever sent it for a new one.' },
  409: { title: 'This is no longer possible', text: 'Something has changed in the meantime. Open the link again to see where things stand.' },
  413: { title: 'This is too much', text: 'Please send less at once.' },
};
const otherwise = { title: 'Something went wrong', text: 'It is not your fault, and nothing was lost. Please try again in a moment.' };

/** Errors of pages are pages: whoever opens a link is no program. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    // The path holds a key, so it is not in the log.
    const { status, code } = toProblem(error, { instance: '', requestId: request.id });
    if (status >= 500) this.logger.error({ err: error, requestId: request.id, code }, 'a page failed');
    if (response.headersSent) return void response.destroy();
    const { title, text } = told[status] ?? otherwise;
    sendPage(response, { title, status, body: html`<div class="card"><h1>${title}</h1><p>${text}</p></div>` });
  }
}
