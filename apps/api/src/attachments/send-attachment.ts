import { StreamableFile } from '@nestjs/common';
import type { AttachmentContent } from '@sevenfold/core/inbox';
import { contentDisposition, isShownInline } from '@sevenfold/domain/attachments';
import type { Response } from 'express';

/**
 * Hands out a file that somebody sent: it is never run as a page of ours, never guessed to be something else, and never
 * kept on the way. Only pictures are shown in place, and only where `inline` allows it.
 */
export function sendAttachment(response: Response, file: AttachmentContent, { inline = false } = {}): StreamableFile {
  const kind = inline && isShownInline(file.contentType) ? 'inline' : 'attachment';
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  response.setHeader('Cache-Control', 'private, no-store');
  return new StreamableFile(file.bytes, { type: file.contentType, disposition: contentDisposition(kind, file.filename), length: file.size });
}
