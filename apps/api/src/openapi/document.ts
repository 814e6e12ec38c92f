import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeAnswers } from './complete-answers.js';
import { convertSchema } from './schema-converter.js';

const description = `Everything Sevenfold does, for admins and integrators.

Lists come in pages (\`cursor\`, \`limit\` → \`data\`, \`nextCursor\`). Refusals are problem+json with a stable \`code\`.
Every POST takes an \`Idempotency-Key\`: the same key and body get the same answer for 7 days, so a repeat after a broken line
does nothing twice. Unknown ids are 404, whether they exist in another workspace or nowhere.`;

/** The OpenAPI document of an app that need not listen. The same code, the same document: members are sorted where order means nothing. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Sevenfold')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token (sf_…)' }, 'token')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a personal link (sfl_…)' }, 'link')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convertSchema,
    operationIdFactory: (controller, method) => `${lowerFirst(controller.replace(/Controller$/, ''))}_${method}`,
  });
  return sortedDocument(completeAnswers(document));
}

const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

function sortedDocument(document: OpenAPIObject): OpenAPIObject {
  const sorted = <T>(record: Record<string, T> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(record ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)));
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted(document.components?.schemas) },
  };
}
