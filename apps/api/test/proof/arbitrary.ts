import fc from 'fast-check';
import { resolve, type Schema } from './document.js';
import { isId, kindOf, texts, type Materials } from './example.js';

/** Anything the schema allows, naming objects there are, so that many of them get past validation. */
export function valid(given: Schema, materials: Materials, field = ''): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  const arbitrary = notNull(schema, materials, field);
  return schema.nullable ? fc.option(arbitrary, { nil: null, freq: 5 }) : arbitrary;
}

function notNull(schema: Schema, materials: Materials, field: string): fc.Arbitrary<unknown> {
  const id = isId(schema) ? [fc.constant(materials.idOf(kindOf(field))), fc.uuid()] : [];
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return fc.oneof(...id, ...alternatives.filter((each) => !isId(each)).map((each) => valid(each, materials, field)));
  if (id.length > 0) return fc.oneof(...id);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return record(schema, materials);
    case 'array': {
      const { minItems = 0, maxItems = 5, items = {} } = schema;
      return fc.array(valid(items, materials, field), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
    }
    case 'integer':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -100, max: schema.maximum ?? 2 ** 31 }), fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 20, (schema.minimum ?? 0) + 20) }));
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true, minExcluded: schema.exclusiveMinimum === true });
    case 'boolean':
      return fc.boolean();
    default:
      return text(schema, field, materials);
  }
}

function record(schema: Schema, materials: Materials): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, valid(each, materials, name)] as const);
  const known = fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
  if (typeof schema.additionalProperties !== 'object') return known;
  return fc.dictionary(fc.constantFrom('likes', 'views', 'reach', 'why'), valid(schema.additionalProperties, materials, ''), { maxKeys: 3 });
}

function text(schema: Schema, field: string, { future }: Materials): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 200, pattern } = schema;
  const hinted = texts[field] === undefined ? [] : [{ weight: 4, arbitrary: fc.constant(texts[field]) }];
  if (schema.format === 'date-time') return fc.oneof(fc.constant(future), fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((at) => at.toISOString()));
  if (schema.format === 'date') return fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10));
  if (schema.format === 'uri') return fc.oneof(fc.constant('https://instagram.test/p/1'), fc.webUrl({ withQueryParameters: true, withFragments: true }));
  if (schema.format === 'email') return fc.oneof(fc.constant('proof@team.test'), fc.emailAddress());
  // Patterns are tried as they stand; what they make is within their own bounds.
  if (pattern !== undefined) return fc.oneof(...hinted, fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: Math.min(maxLength, 60) }));
  const length = { minLength, maxLength: Math.min(maxLength, Math.max(minLength, 60)) };
  return fc.oneof(...hinted, { weight: 3, arbitrary: fc.string({ ...length, unit: 'grapheme' }) }, { weight: 1, arbitrary: fc.string({ ...length, unit: 'binary' }) });
}

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** What nobody should send. */
export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, false, 0, -1, 1, 0.5, -0.1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324, [], {}, [null], [[]], { a: 1 }, [{}], '', ' ', '\t\n', '\0', 'a\0b', '\ud800',
    'x\udfffy', '\u202egnp.exe', '\ufeff', '👩‍👩‍👧‍👦', 'null', 'undefined', 'NaN', '-1', '1e9', '0x10', '../../etc/passwd', `' or 1=1; drop table creator; --`, '<script>alert(1)</script>', '{{creator.name}}',
    '{{#each creators}}', '{{{{raw}}}}', '${7*7}', '%', '%_%', '\\', '"', `"unclosed`, '2026-02-30', '9999-99-99', '0000-01-01', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-11-23T09:00:00', '2026-11-23T24:00:00Z', '2026-11-23T09:00:60Z', 'https://', 'javascript:alert(1)', 'file:///etc/passwd', 'http://[::1', '@', 'a@b',
    '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF', 'Mars/Base', 'EUROPE/amsterdam', 'ZZ', 'xx-XX', 'eur',
  ),
  fc.constantFrom<unknown>('x'.repeat(5_000), 'é'.repeat(30_000), deep(200), Array.from({ length: 10_000 }, () => 1), Array.from({ length: 10_000 }, () => ({})), Array.from({ length: 2_000 }, () => 'x')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

type Path = (string | number)[];

/** Every place in a value, the root first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).slice(0, 50).flatMap(([name, each]) => placesIn(each, [...path, Array.isArray(value) ? Number(name) : name]))];
}

/** Texts that are JSON or nearly so, and no document an honest client writes. */
export function brokenText(json: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.nat({ max: Math.max(0, json.length - 1) }).map((end) => json.slice(0, end)),
    fc.constantFrom(
      '', ' ', '{', '[', '"', 'null', 'true', '5', '"text"', '[]', '{}{}', '{"a":}', "{'a':1}", '{"a":1,}', 'NaN', '\ufeff{}', '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}',
      '['.repeat(20_000), `${'['.repeat(20_000)}${']'.repeat(20_000)}`, '{"a":'.repeat(15_000), '{"a":1e999}', '{"a":-0}', '{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"a":\u0000}', 'x'.repeat(150_000), `{"a":"${'x'.repeat(150_000)}"}`,
      `{"a":${'9'.repeat(5_000)}}`,
    ),
    fc.constant(json.startsWith('{"') ? `{${json.slice(1, -1)},${json.slice(1)}` : `${json}${json}`),
  );
}
