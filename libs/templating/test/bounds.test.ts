import { expect, test } from '@jest/globals';
import { compile, createPartials, partials, render } from '../src/index.js';
import { refusal } from './refusal.js';

/** Whatever an editor writes, it ends within this much work of the processor, however busy the machine. */
const SOON_MS = 3_000;

function soon<T>(work: () => T): T {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1_000).toBeLessThan(SOON_MS);
  return result;
}

const numbers = Array.from({ length: 300 }, (_, index) => index);
const nested = (body: string): string => `{{#each a}}{{#each @root.a}}{{#each @root.a}}{{#each @root.a}}${body}{{/each}}{{/each}}{{/each}}{{/each}}`;

test.each([
  ['loops in loops that print', nested('{{this}}')],
  ['loops in loops of fixed text', nested('x'.repeat(500))],
  ['loops in loops of nothing', nested('')],
  ['loops in loops that call', nested('{{date @root.on}}')],
  ['loops that join a long list', '{{#each a}}{{#each @root.a}}{{list @root.long}}{{/each}}{{/each}}'],
  ['loops that make paragraphs', '{{#each a}}{{#each @root.a}}{{paragraphs @root.body}}{{/each}}{{/each}}'],
])('%s end soon, with a refusal', (_, source) => {
  const data = { a: numbers, on: '2026-11-21', long: Array.from({ length: 2_000 }, () => 'word'), body: 'a b\n\n'.repeat(2_000) };
  expect(soon(() => refusal(() => render(source, data, 'html')))).toMatchObject({ code: 'template_limit' });
});

test('what is written stays below the limit, also by indentation of partials', () => {
  const lines = createPartials({ ...partials, lines: { html: '\n'.repeat(50_000) } });
  const wide = `${' '.repeat(10_000)}{{> lines}}\n`;
  expect(soon(() => render(wide, {}, 'html', lines)).length).toBeLessThan(100_000);
  expect(soon(() => refusal(() => render('{{> lines}}'.repeat(100), {}, 'html', lines))).code).toBe('template_limit');
});

test('partials that double at each step are stopped, and none includes itself by any way', () => {
  const doubling = Object.fromEntries(Array.from({ length: 40 }, (_, step) => [`p${step}`, { text: step === 39 ? 'x' : `{{> p${step + 1}}}{{> p${step + 1}}}` }]));
  const set = createPartials(doubling);
  expect(soon(() => refusal(() => render('{{> p0}}', {}, 'text', set)))).toMatchObject({ code: 'template_limit' });
  expect(refusal(() => createPartials({ a: { text: '{{> b}}' }, b: { text: '{{#> c}}x{{/c}}' }, c: { text: '{{> @partial-block}}{{> a}}' } })).details)
    .toMatchObject({ fields: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('includes itself') })]) });
  expect(refusal(() => createPartials({ a: { text: '{{> a}}' } })).code).toBe('invalid_fields');
  expect(refusal(() => createPartials({ a: { text: '{{#if x}}{{~> a}}{{/if}}' } })).code).toBe('invalid_fields');
});

test.each([
  ['deep blocks', '{{#if a}}'.repeat(5_000) + '{{/if}}'.repeat(5_000)],
  ['deep blocks, fewer', '{{#if a}}'.repeat(300) + '{{/if}}'.repeat(300)],
  ['a chain of else', `{{#if a}}${'{{else if a}}'.repeat(399)}{{/if}}`],
  ['deep calls', `{{list ${'(list '.repeat(3_000)}a${')'.repeat(3_000)}}}`],
  ['many variables', '{{a}}'.repeat(10_000)],
  ['a long text', 'x'.repeat(200_000)],
  ['comments without an end', '{{!--'.repeat(5_000)],
  ['raw blocks', '{{{{a}}}}'.repeat(2_000)],
])('%s are refused as soon', (_, source) => {
  expect(soon(() => refusal(() => compile(source)))).toMatchObject({ code: 'invalid_fields' });
});

test('spaces without an end are no work either', () => {
  expect(soon(() => render(`{{a}}${' '.repeat(90_000)}x`, { a: '' }, 'text')).length).toBe(90_001);
});

test('data without an end is refused', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(refusal(() => render('{{a}}', { a: circle }, 'text'))).toMatchObject({ code: 'template_limit' });
});

test('a template sees its data and nothing else', () => {
  const secret = 'not for templates';
  class Row {
    name = 'Ann';
    get hidden(): string { return secret; }
    method(): string { return secret; }
  }
  let called = false;
  const data = {
    row: new Row(), run: () => { called = true; return secret; }, list: Object.assign(['a'], { extra: secret }), when: new Date('2026-11-21T10:00:00Z'),
    with: Object.create({ inherited: secret }) as object, zone: 'UTC',
    get lazy(): string { called = true; return secret; },
  };
  for (const path of ['row.hidden', 'row.method', 'run', 'run.name', 'with.inherited', 'lazy', 'row.toString', 'list.map', 'when.getTime', 'row.valueOf', 'list.extra']) {
    expect(refusal(() => render(`{{${path}}}`, data, 'text')).details).toEqual({ variables: [path] });
    for (const block of ['if', 'unless', 'with', 'each']) {
      try {
        expect(render(`{{#${block} ${path}}}{{this}}{{else}}no{{/${block}}}`, data, 'text')).not.toContain(secret);
      } catch (error) {
        expect(JSON.stringify(error)).not.toContain(secret);
      }
    }
  }
  expect(called).toBe(false);
  for (const path of ['row.__proto__', '__proto__.x', 'row.[constructor]', '@root.constructor', 'list.[__proto__]', '@frame.locale', '@partial-block', '@key', 'this.constructor', '../constructor']) {
    expect(refusal(() => compile(`{{${path}}}`)).code).toBe('invalid_fields');
  }
});

test('what is no text is not printed', () => {
  for (const source of ['{{row}}', '{{list}}', '{{when}}', '{{@root}}', '{{this}}']) {
    expect(refusal(() => render(source, { row: {}, list: ['a'], when: new Date(0) }, 'text')).code).toBe('invalid_fields');
  }
});
