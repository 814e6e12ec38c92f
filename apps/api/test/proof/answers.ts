import { errorCodes } from '@sevenfold/domain/errors';
import { Ajv, type ValidateFunction } from 'ajv';
import { document, type Operation, type Schema } from './document.js';
import type { Sent } from './requests.js';

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
for (const [name, schema] of Object.entries(document.components.schemas)) ajv.addSchema(modern(schema), `/${name}`);
const checks = new Map<Schema, ValidateFunction>();

/** The schema as JSON Schema knows it: OpenAPI 3.0 has its own words for null and for open bounds. */
function modern(schema: Schema): object {
  const { nullable, $ref, exclusiveMinimum, minimum, ...rest } = schema;
  const inner: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, each]) => [key, key === 'properties' ? Object.fromEntries(Object.entries(each as Record<string, Schema>).map(([name, of]) => [name, modern(of)])) : inside(each)]),
  );
  if ($ref !== undefined) inner['$ref'] = `/${$ref.split('/').at(-1)}`;
  if (minimum !== undefined) inner[exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum;
  return nullable ? { anyOf: [inner, { type: 'null' }] } : inner;
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => (typeof each === 'object' && each !== null ? modern(each as Schema) : each));
  return typeof value === 'object' && value !== null ? modern(value as Schema) : value;
}

/** Words of zod's own: they say what was wrong and leave open what to give instead. */
const unhelpful = /^(Invalid|Too |Unrecognized|Expected|Required)|received|must match pattern/;

/** What HTTP itself answers, before and beside any route: nothing changed, an expectation nobody meets, a line that is too long. */
const ofHttp = [304, 417, 431];

/** What is wrong with an answer, whatever was asked; empty when nothing is. */
export function faultsOf(operation: Operation, answer: Sent): string[] {
  const { status, headers, json, text } = answer;
  if (ofHttp.includes(status)) return [];
  const described = operation.responses[String(status)];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const faults: string[] = [];
  if (status >= 500 && !(status === 503 && operation.path === '/readyz')) faults.push(`a ${status}`);
  if (!described) faults.push(`${status} is not in the document`);
  if (!headers.get('x-request-id')) faults.push('no request id');
  if (status >= 400 && type === 'application/problem+json') faults.push(...faultsOfProblem(status, json));
  else if (status >= 400 && operation.path !== '/readyz') faults.push(`a refusal as ${type}`);
  if (status < 400 && described?.content) {
    // A file of any type is described as bytes.
    const wanted = described.content[type] ?? described.content['application/octet-stream'];
    if (!wanted) faults.push(`answered as ${type}`);
    else if (type === 'application/json' && wanted.schema) {
      const check = checks.get(wanted.schema) ?? ajv.compile(modern(wanted.schema));
      checks.set(wanted.schema, check);
      if (!check(json)) faults.push(`not as described: ${ajv.errorsText(check.errors)} in ${text.slice(0, 500)}`);
    }
  }
  return faults;
}

function faultsOfProblem(status: number, problem: Sent['json']): string[] {
  const faults: string[] = [];
  for (const member of ['type', 'title', 'code', 'detail', 'instance', 'requestId']) {
    if (typeof problem?.[member] !== 'string' || problem[member] === '') faults.push(`a problem without ${member}`);
  }
  const known = Object.entries(errorCodes).find(([code]) => code === problem?.code)?.[1];
  if (known?.status !== status || problem.status !== status) faults.push(`${problem?.code} as ${status}`);
  if (problem?.code !== 'invalid_fields') return faults;
  if (!Array.isArray(problem.fields) || problem.fields.length === 0) return [...faults, 'no field is named'];
  for (const { path, message } of problem.fields) {
    if (typeof path !== 'string' || typeof message !== 'string' || message === '' || unhelpful.test(message)) faults.push(`of ${path} it says: ${message}`);
  }
  return faults;
}
