import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { invalidFields } from './validation.js';
import { useOurWords } from './zod-words.js';

useOurWords();

/** What is said of one value, as `path: message`. */
const said = (schema: z.ZodType, value: unknown): string[] => {
  const { error } = schema.safeParse(value);
  const { fields } = invalidFields(error?.issues ?? []).details as { fields: { path: string; message: string }[] };
  return fields.map(({ path, message }) => `${path}: ${message}`);
};
const of = (schema: z.ZodType, value: unknown) => said(schema, value)[0]?.slice(2);

describe('what is wrong with a field is said by what to give instead', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.string(), 5, 'Give a text'],
    [z.string(), undefined, 'This is needed. Give a text'],
    [z.int(), 1.5, 'Give a whole number'],
    [z.coerce.number(), 'many', 'Give a number'],
    [z.boolean(), 'yes', 'Give true or false'],
    [z.array(z.string()), {}, 'Give a list'],
    [z.enum(['one', 'two']), 'three', 'Give one of: one, two'],
    [z.enum(['one', 'two']), undefined, 'This is needed. Give one of: one, two'],
    [z.uuid(), 'nobody', 'Give an id, such as 0190c2a4-5b6e-7d11-8a3f-2f6d1f0f9b21'],
    [z.iso.datetime(), 'tomorrow', 'Give an instant with its zone, in UTC, such as 2026-05-01T09:00:00Z'],
    [z.iso.datetime({ offset: true }), 'tomorrow', 'Give an instant with its zone, such as 2026-05-01T09:00:00Z or 2026-05-01T11:00:00+02:00'],
    [z.iso.date(), '2026-02-30', 'Give a date that exists, such as 2026-05-01'],
    [z.url(), 'home', 'Give a web address, such as https://example.com/page'],
    [z.string().min(1), '', 'Give a text that is not empty'],
    [z.string().max(3), 'four', 'Give a text of at most 3 characters'],
    [z.array(z.int()).min(1), [], 'Give a list of at least 1 entry'],
    [z.number().gt(0), 0, 'Give a number of more than 0'],
    [z.int(), 1e300, 'Give a whole number of at most 9007199254740991'],
    [z.string().regex(/^a/, 'Begin with an a'), 'b', 'Begin with an a'],
    [z.union([z.literal('calendar'), z.strictObject({ ms: z.int() })]), 5, 'Give calendar; or Give an object'],
  ])('%#', (schema, value, words) => {
    expect(of(schema, value)).toBe(words);
  });

  test('of alternatives, inside the one that was meant', () => {
    const day = z.object({ day: z.union([z.literal('calendar'), z.strictObject({ ms: z.int() })]) });
    expect(said(day, { day: { ms: 'x', more: 1 } })).toEqual(['day.ms: Give a number', 'day.more: There is no such field']);
  });

  test('an unknown name is told apart from an unfit one', () => {
    expect(said(z.record(z.string().regex(/^k/, 'Begin with a k'), z.int()), { z: 1 })).toEqual(['z: Give it another name: Begin with a k']);
    expect(said(z.strictObject({}), { x: 1 })).toEqual(['x: There is no such field']);
  });
});
