import type { Response } from 'express';

/** A frozen text shows itself and nothing else: no scripts, nothing from elsewhere, no frame around it but ours. */
export const documentPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** Sends a frozen text exactly as it was hashed. */
export function sendDocument(response: Response, { html, hash }: { html: string; hash: string }): void {
  response.setHeader('Content-Security-Policy', documentPolicy);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Robots-Tag', 'noindex');
  response.setHeader('X-Document-SHA256', hash);
  response.status(200).type('html').send(html);
}
