import { expect, test } from '@jest/globals';
import { compile, render, variablesOf } from '../src/index.js';
import { refusal } from './refusal.js';

const missing = (source: string, data: Record<string, unknown>): unknown => refusal(() => render(source, data, 'text')).details;
const problem = (source: string): string => JSON.stringify(refusal(() => compile(source)).details);

test('values are escaped for where they go', () => {
  const data = { name: `<b>"Ann" & Bob's</b>` };
  expect(render('{{name}}', data, 'html')).toBe('&lt;b&gt;&quot;Ann&quot; &amp; Bob&#x27;s&lt;/b&gt;');
  expect(render('{{name}}', data, 'text')).toBe(data.name);
  expect(render('<{{name}}>', data, 'slack')).toBe(`<&lt;b&gt;"Ann" &amp; Bob's&lt;/b&gt;>`);
});

test('a value cannot call a channel or make a link in Slack', () => {
  expect(render('{{text}}', { text: '<!channel> <https://evil.example|click>' }, 'slack')).not.toMatch(/[<>]/);
});

test('all missing variables are named at once, blocks, partials and helpers included', () => {
  const source = '{{a}} {{#if b}}{{c}}{{/if}} {{#each items}}{{title}} {{../d}} {{@index}}{{/each}} {{#with person}}{{name}}{{/with}} {{money fee}} {{e.f}}';
  expect(missing(source, { b: true, items: [{ title: 'x' }, {}], person: {} })).toEqual({
    variables: ['a', 'c', 'd', 'e.f', 'fee', 'items[].title', 'person.name'],
  });
  expect(missing('{{#each items}}{{this}}{{/each}}{{> button label=l to=link}}', {})).toEqual({ variables: ['items', 'l', 'link'] });
});

test('what is only asked about may be absent; false, zero and the empty text are values', () => {
  expect(render('{{#if note}}{{note}}{{else}}none{{/if}}', {}, 'text')).toBe('none');
  expect(render('{{#unless note}}none{{/unless}}', {}, 'text')).toBe('none');
  expect(render('{{zero}}{{no}}{{empty}}', { zero: 0, no: false, empty: '' }, 'text')).toBe('0false');
  expect(render('{{#each items}}{{this}}{{else}}nothing{{/each}}', { items: [] }, 'text')).toBe('nothing');
});

test('variables are found in blocks, conditions, helpers and partials, under their full names', () => {
  expect(variablesOf('{{#if a}}{{b.c}}{{/if}}{{#each list as |item n|}}{{item.x}}{{n}}{{../root}}{{@root.top}}{{/each}}{{#with w}}{{in}}{{/with}}{{list tags}}'))
    .toEqual(['a', 'b.c', 'list', 'list[].x', 'root', 'tags', 'top', 'w', 'w.in']);
  expect(variablesOf('{{#> layout title=subject}}{{body}}{{/layout}}')).toEqual(expect.arrayContaining(['subject', 'body', 'workspace.name']));
});

test('nothing of the prototype can be reached', () => {
  for (const source of ['{{constructor}}', '{{a.__proto__}}', '{{#with constructor}}{{/with}}', '{{a.b.prototype}}']) {
    expect(problem(source)).toContain('is not a variable');
  }
  expect(missing('{{toString}} {{a.length}} {{a.hasOwnProperty}}', { a: {} })).toEqual({ variables: ['a.hasOwnProperty', 'a.length', 'toString'] });
  class Creator { get secret(): string { return 's'; } }
  expect(missing('{{creator.secret}}', { creator: new Creator() })).toEqual({ variables: ['creator.secret'] });
});

test('functions in the data are never called', () => {
  let called = false;
  expect(missing('{{f}}', { f: () => { called = true; return 'x'; } })).toEqual({ variables: ['f'] });
  expect(called).toBe(false);
});

test.each([
  ['{{{raw}}}', 'unescaped output'],
  ['{{&raw}}', 'unescaped output'],
  ['{{lookup a b}}', 'helper'],
  ['{{log a}}', 'helper'],
  ['{{#each (lookup a b)}}{{/each}}', 'takes one variable'],
  ['{{#foo a}}{{/foo}}', 'is not known'],
  ['{{> somewhere}}', 'is not known'],
  ['{{> (lookup . "layout")}}', 'is not known'],
  ['{{> @partial-block}}', 'is not known'],
  ['{{> button label="x"}}', 'needs to'],
  ['{{#*inline "x"}}{{/inline}}', 'not allowed'],
  ['{{date}}', 'needs a value'],
  ['{{#if a}}', 'line 1, column 10: the text ends before'],
  ['line one\n{{#foo a}}{{/foo}}', 'line 2, column 1: block'],
  ['one\ntwo {{#if a}}x{{/each}}', 'line 2, column 8: if doesn'],
  ['one\n  {{list a b=}}', 'line 2, column 14: unexpected }}'],
  ['{{@frame.zone}}', '@frame'],
  ['{{@partial-block}}', '@partial-block'],
  ['{{#if a includeZero=b}}{{/if}}', 'nothing but its variable'],
  ['{{date a b}}', 'no more than 1'],
  ['{{date a size=b}}', 'does not know size='],
  ['{{#each a as |constructor|}}{{/each}}', 'is not a name'],
  ['{{> contact __proto__=a}}', 'is not a name'],
  ['{{> contact x=(lookup a b)}}', 'is not known'],
  ['{{> contact x=(paragraphs a)}}', 'only be printed'],
])('%s is refused when it is saved', (source, why) => {
  expect(problem(source)).toContain(why);
});

test.each(['__out', '__need', '__step', 'lookup', 'log', 'helperMissing', 'blockHelperMissing', 'if', 'each'])('the engine’s own %s is no way in', (name) => {
  expect(problem(`{{${name} a b}}`)).toContain('is not known');
  expect(problem(`{{list (${name} a)}}`)).toContain('is not known');
  if (!['if', 'each'].includes(name)) expect(problem(`{{#${name} a}}{{/${name}}}`)).toContain('is not known');
  expect(missing(`{{${name}}}`, {})).toEqual({ variables: [name] });
});

test('several problems come together', () => {
  expect(refusal(() => compile('{{{a}}} {{foo b}}'))).toMatchObject({ code: 'invalid_fields', details: { fields: [{ path: 'template' }, { path: 'template' }] } });
});

test('a date shows its zone, in the locale of the data', () => {
  const instant = '2026-03-29T00:30:00Z';
  expect(render('{{date at}}', { at: instant, zone: 'Europe/Amsterdam' }, 'text')).toBe('Sunday, March 29, 2026 at 01:30 AM GMT+1');
  expect(render('{{date at}}', { at: new Date(instant), zone: 'Australia/Lord_Howe', locale: 'de' }, 'text')).toBe('Sonntag, 29. März 2026 um 11:30 GMT+11');
  expect(render('{{date at style="day"}}', { at: instant, zone: 'America/New_York', locale: 'nl' }, 'text')).toBe('zaterdag 28 maart 2026');
  expect(render('{{date at zone="Asia/Tokyo"}}', { at: instant }, 'text')).toContain('GMT+9');
  expect(missing('{{date at}}', { at: instant })).toEqual({ variables: ['zone'] });
});

test('a plain date has no zone and stays that date', () => {
  expect(render('{{date on}}', { on: '2026-11-21', locale: 'en-GB' }, 'text')).toBe('Saturday, 21 November 2026');
});

test('money is written from minor units, whatever the currency’s digits', () => {
  expect(render('{{money fee}}', { fee: { minor: 125050, currency: 'EUR' } }, 'text')).toBe('€1,250.50');
  expect(render('{{money minor currency}}', { minor: 1250, currency: 'JPY', locale: 'ja' }, 'text')).toBe('￥1,250');
  expect(missing('{{money minor currency}}', {})).toEqual({ variables: ['currency', 'minor'] });
});

test('lists are joined by the locale', () => {
  expect(render('{{list x}}', { x: ['reel', 'story', 'post'] }, 'text')).toBe('reel, story, and post');
  expect(render('{{list x}}', { x: ['Reel', 'Story'], locale: 'de' }, 'text')).toBe('Reel und Story');
});

test.each([
  ['{{money x}}', { x: 12.5 }],
  ['{{money x "eur"}}', { x: 12 }],
  ['{{date x}}', { x: 'soon', zone: 'UTC' }],
  ['{{date x}}', { x: '2026-01-01T00:00:00Z', zone: 'Mars/Olympus' }],
  ['{{list x}}', { x: 'a' }],
])('%s with %j is refused without quoting the value', (source, data) => {
  const { code, details } = refusal(() => render(source, data, 'text'));
  expect(code).toBe('invalid_fields');
  expect(JSON.stringify(details)).not.toMatch(/soon|Olympus/);
});

test('addresses are fit for an href, or lead nowhere', () => {
  expect(render('<a href="{{url x}}">', { x: 'javascript:alert(1)' }, 'html')).toBe('<a href="#">');
  expect(render('<a href="{{url x}}">', { x: 'https://x.example/?a=1&b="' }, 'html')).toBe('<a href="https://x.example/?a&#x3D;1&amp;b&#x3D;%22">');
});

test('a typed text becomes paragraphs with clickable links, and nothing else of it becomes HTML', () => {
  const text = 'Hi <b>you</b>,\nsee https://x.example/a?b=1&c="d.\n\nBye';
  const html = render('{{paragraphs text}}', { text }, 'html');
  expect(html).toContain('Hi &lt;b&gt;you&lt;/b&gt;,<br>see <a href="https://x.example/a?b&#x3D;1&amp;c&#x3D;">');
  expect(html.match(/<p /g)).toHaveLength(2);
  expect(render('{{paragraphs text}}', { text }, 'text')).toBe(text);
});
