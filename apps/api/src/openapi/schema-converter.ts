import type { SwaggerDocumentOptions } from '@nestjs/swagger';
import { z } from 'zod';

type Converter = NonNullable<SwaggerDocumentOptions['standardSchemaConverter']>;
type Direction = 'input' | 'output';
type Definitions = Record<string, object>;

/** Zod schemas as OpenAPI, those with `.meta({ id })` as components. */
export const convertSchema: Converter = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { root, definitions } = draw(schema, schemaType);
  if (schemaType === 'output') return { schema: root, components: definitions };
  return renamed(root, definitions, draw(schema, 'output').definitions);
};

/** Names made by {@link renamed}; the document shortens those nobody else has. */
export const lengthened = new Set<string>();

/** Drawn inside an object, so that a schema with an id becomes a reference even at the top. */
function draw(schema: z.ZodType, io: Direction): { root: object; definitions: Definitions } {
  const drawn = z.toJSONSchema(z.object({ root: schema }), {
    io,
    target: 'openapi-3.0',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const def = zodSchema._zod.def;
      // Readers must live with members that are added later.
      if (io === 'output' && def.type === 'object' && !('catchall' in def && def.catchall)) delete jsonSchema.additionalProperties;
      delete jsonSchema.id;
      // Every integer of ours is a safe one; saying so at each is noise.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const properties: Record<string, unknown> = drawn.properties ?? {};
  // Ids are drawn by zod as definitions, and a schema is always an object here, never `true`.
  const definitions = Object.fromEntries(Object.entries(drawn).filter(([key]) => key === '$defs' || key === 'definitions'));
  return { root: asObject(properties['root']), definitions: Object.assign({}, ...Object.values(definitions)) as Definitions };
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/**
 * One id may look different to who sends it and who receives it (a default makes a member optional to the sender). Then
 * the sender's gets a name of its own, as does whatever refers to it.
 */
function renamed(root: object, sent: Definitions, received: Definitions) {
  const differing = new Set(Object.keys(sent).filter((id) => JSON.stringify(sent[id]) !== JSON.stringify(received[id])));
  for (let before = -1; before !== differing.size; ) {
    before = differing.size;
    for (const [id, definition] of Object.entries(sent)) {
      if ([...differing].some((each) => refersTo(definition, each))) differing.add(id);
    }
  }
  const rename = (value: object): object =>
    JSON.parse(JSON.stringify(value), (key, each: unknown) => {
      const id = key === '$ref' && typeof each === 'string' ? (each.split('/').at(-1) ?? '') : '';
      return differing.has(id) ? `${String(each)}Input` : each;
    }) as object;
  for (const id of differing) lengthened.add(`${id}Input`);
  const components = Object.entries(sent).map(([id, each]) => [differing.has(id) ? `${id}Input` : id, rename(each)] as const);
  return { schema: rename(root), components: Object.fromEntries(components) };
}

const refersTo = (definition: object, id: string) => new RegExp(`"\\$ref":"[^"]*/${id}"`).test(JSON.stringify(definition));
