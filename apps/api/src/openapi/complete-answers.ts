import type { OpenAPIObject } from '@nestjs/swagger';
import { errorCodes, type ErrorCode } from '@sevenfold/domain/errors';
import { problemSchema } from '../http/problem.js';
import { convertSchema } from './schema-converter.js';

type Operation = Exclude<OpenAPIObject['paths'][string]['get'], undefined>;
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'Of the caller’s choice; the same key and body get the same answer for 7 days',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** Adds to every operation the refusals it can meet, so that no controller repeats them. */
export function completeAnswers(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) complete(operation, method);
    }
  }
  const schemas = { ...document.components?.schemas, ...convertSchema(problemSchema, { schemaType: 'output' })?.components };
  return { ...document, components: { ...document.components, schemas } };
}

function complete(operation: Operation, method: (typeof methods)[number]): void {
  const isPublic = operation['x-policy' as keyof Operation] === 'public';
  const own: unknown = operation['x-problems' as keyof Operation];
  const codes: ErrorCode[] = [
    ...(Array.isArray(own) ? (own as ErrorCode[]) : []),
    ...(isPublic ? [] : (['unauthenticated', 'forbidden', 'too_many_requests'] as const)),
    ...(operation.parameters?.some((each) => 'in' in each && each.in === 'path') ? (['not_found'] as const) : []),
    ...(operation.requestBody ? (['malformed_request', 'invalid_fields', 'payload_too_large'] as const) : []),
    ...(operation.parameters?.some((each) => 'in' in each && each.in === 'query') ? (['invalid_fields'] as const) : []),
    ...(method === 'post' && !isPublic ? (['malformed_request', 'idempotency_running', 'idempotency_conflict'] as const) : []),
    'internal',
    'unavailable',
  ];
  if (method === 'post' && !isPublic) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
  delete operation['x-problems' as keyof Operation];
  operation.responses = { ...problemResponses(codes), ...operation.responses };
}

/** One answer per status, naming the codes it can have. */
function problemResponses(codes: readonly ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...new Set(codes)].sort()) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].map(([status, of]) => [
    String(status),
    {
      description: of.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return Object.fromEntries(entries) as Record<string, { description: string }>;
}
