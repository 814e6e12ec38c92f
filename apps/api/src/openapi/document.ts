import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeAnswers } from './complete-answers.js';
import { convertSchema, lengthened } from './schema-converter.js';

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
  return sortedDocument(withoutNeedlessNames(completeAnswers(document)));
}

const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

/** What only senders see needs no name that tells it from what receivers see. */
function withoutNeedlessNames(document: OpenAPIObject): OpenAPIObject {
  const names = Object.keys(document.components?.schemas ?? {});
  const needless = names.filter((name) => name.endsWith('Input') && !names.includes(name.slice(0, -'Input'.length)));
  // Names the author gave stay: only those the converter lengthened are shortened.
  const shortened = needless.filter((name) => lengthened.has(name));
  let text = JSON.stringify(document);
  for (const name of shortened) {
    const short = name.slice(0, -'Input'.length);
    text = text.replaceAll(`"#/components/schemas/${name}"`, `"#/components/schemas/${short}"`).replaceAll(`"${name}":{`, `"${short}":{`);
  }
  return JSON.parse(text) as OpenAPIObject;
}

function sortedDocument(document: OpenAPIObject): OpenAPIObject {
  const sorted = <T>(record: Record<string, T> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(record ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)));
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted(document.components?.schemas) },
  };
}
