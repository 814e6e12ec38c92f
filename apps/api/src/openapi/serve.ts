import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from './document.js';

/** The description of the API at /openapi.json, and for people at /docs. Drawn when first asked for. */
export function serveOpenApi(app: NestExpressApplication): void {
  let drawn: OpenAPIObject | undefined;
  const document = () => (drawn ??= openApiDocument(app));
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Sevenfold API' });
}
