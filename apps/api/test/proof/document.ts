import { readFileSync } from 'node:fs';

/** JSON schema as our OpenAPI document writes it (3.0). */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  nullable?: boolean;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean | number;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  /** `GET /v1/creators/{id}`. */
  title: string;
  method: string;
  path: string;
  /** An action of the policy, or `public`, `operator`, `creator`, `bot`. */
  policy: string;
  /** The purposes of links that open it; for creators' routes. */
  links: string[];
  parameters: Parameter[];
  /** By content type; empty when it takes no body. */
  bodies: Record<string, Schema>;
  responses: Record<string, Content>;
}

interface RawOperation {
  'x-policy': string;
  'x-links'?: string[];
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** The committed description of the API: what is in it is proven, so nobody keeps a second list. */
export const document = JSON.parse(readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8')) as Document;

export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([name, raw]) => ({
    title: `${name.toUpperCase()} ${path}`,
    method: name.toUpperCase(),
    path,
    policy: raw['x-policy'],
    links: raw['x-links'] ?? [],
    parameters: raw.parameters ?? [],
    bodies: Object.fromEntries(Object.entries(raw.requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema ?? {}])),
    responses: raw.responses,
  })),
);

/** Follows references and what the document wraps in a single `allOf` to add `nullable`. */
export function resolve(schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const found = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (!found) throw new Error(`${schema.$ref} is not in the document`);
    return resolve(found);
  }
  const [only, ...others] = schema.allOf ?? [];
  if (!only) return schema;
  if (others.length > 0) throw new Error('allOf of several schemas is not understood here');
  const { allOf: _, ...rest } = schema;
  return { ...resolve(only), ...rest };
}

/** The JSON body of an operation; null when it takes none. */
export const jsonBody = (operation: Operation): Schema | null => operation.bodies['application/json'] ?? null;

/** Whether the answer is a stream that never ends. */
export const isStream = ({ responses }: Operation): boolean => responses['200']?.content?.['text/event-stream'] !== undefined;
