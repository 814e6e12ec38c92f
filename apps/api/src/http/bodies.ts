import type { NestExpressApplication } from '@nestjs/platform-express';
import { cleanText } from '@sevenfold/core/db';
import { DomainError } from '@sevenfold/domain/errors';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { HttpConfig } from '../deps.js';

/** What a form may add around its file: boundaries and headers. */
const formOverheadBytes = 16 * 1024;

/**
 * How bodies are read. Webhooks and uploads arrive as the bytes they were sent as (`request.body` is a Buffer): a
 * signature is made over bytes, and a file is no text. Everything else is JSON, its texts without what Postgres cannot keep.
 */
export function useBodies(app: NestExpressApplication, config: Pick<HttpConfig, 'maxBodyBytes' | 'maxFileBytes'>): void {
  const any = () => true;
  app.use('/v1/hooks', express.raw({ type: any, limit: config.maxBodyBytes }));
  app.use(['/v1/files', '/v1/creator/files', '/v1/attachments', '/v1/creator/attachments'], express.raw({ type: any, limit: config.maxFileBytes + formOverheadBytes }));
  app.use(express.json({ limit: config.maxBodyBytes, type: ['application/json', 'application/*+json'], reviver: (_key, value) => cleaned(value) }));
  // A screenshot comes with the fields of its form.
  app.use('/c', express.raw({ type: 'multipart/form-data', limit: config.maxFileBytes + formOverheadBytes }));
  // Pages for people (signing, unsubscribing) post forms.
  app.use(['/a', '/i', '/c', '/p', '/u'], express.urlencoded({ extended: false, limit: config.maxBodyBytes }));
  app.use(otherwiseEmpty);
}

const cleaned = (value: unknown): unknown => (typeof value === 'string' ? cleanText(value) : value);

/** A missing body is an empty object, so that every missing field is named; one that is no JSON is refused. */
function otherwiseEmpty(request: Request, _response: Response, next: NextFunction): void {
  if (request.body !== undefined) return next();
  const length = Number(request.headers['content-length'] ?? 0);
  const hasBody = length > 0 || request.headers['transfer-encoding'] !== undefined;
  if (hasBody) {
    return next(new DomainError('malformed_request', {}, 'Send the body as application/json'));
  }
  request.body = {};
  next();
}

export function isMultipart(contentType: string | undefined): boolean {
  return contentType?.toLowerCase().startsWith('multipart/form-data') ?? false;
}
