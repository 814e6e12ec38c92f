import type { Response } from 'express';
import { html, Html } from './html.js';
import { pagePolicy, scriptedPagePolicy, style } from './style.js';

export interface Page {
  title: string;
  /** Whose page it is: the workspace. */
  of?: string;
  body: Html | readonly Html[];
  status?: number;
  /** A script of ours that makes it livelier. */
  script?: string;
}

/** Sends a page for a creator. The address is a key: it is not passed on, not indexed, not kept. */
export function sendPage(response: Response, { title, of, body, status = 200, script }: Page): void {
  response.setHeader('Content-Security-Policy', script === undefined ? pagePolicy : scriptedPagePolicy);
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  response.setHeader('Cache-Control', 'no-store');
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer">
<title>${title}</title><style>${new Html(style)}</style>${script !== undefined && html`<script src="${script}" defer></script>`}</head>
<body><main>${of !== undefined && html`<p class="of">${of}</p>`}
${body}
</main></body></html>
`;
  response.status(status).type('html').send(page.text);
}

/** After a form was acted on: look again, so that reloading does not press twice. */
export function lookAgain(response: Response, path: string): void {
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  response.redirect(303, path);
}
