import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, catalogueKeys, checkHtml, partials, render, renderMessage, templateKeys } from '../src/index.js';

test.each([
  ['<a href="{{link}}">', 'url'],
  ['<a href=\'{{list a}}\'>', 'url'],
  ['<a href={{url link}}>', 'quotes'],
  ['<a href="javascript{{link}}">', 'begins with'],
  ['<a href="javascript:alert(1)">', 'begins with'],
  ['<a href=" java&#115;cript:alert(1)">', 'begins with'],
  ['<a href="{{#if a}}javascript:{{/if}}{{url b}}">', 'begins with'],
  ['<a href="{{#if a}}{{url b}}{{/if}}javascript:alert(1)">', 'begins with'],
  ['<a href="{{#if a}}https://x.example/{{/if}}{{b}}">', 'url'],
  ['<p title={{name}}>', 'quotes'],
  ['<p {{name}}>', 'tag'],
  ['<{{name}}>', 'tag'],
  ['<p title="x"{{name}}>', 'tag'],
  ['<p style="color:{{name}}">', 'style'],
  ['<p onclick="x()">', 'nothing in here runs'],
  ['<p ONCLICK=x>', 'nothing in here runs'],
  ['<img src="{{url a}}"/onerror=x>', 'nothing in here runs'],
  ['<style>p{color:{{name}} }</style>', '<style>'],
  ['<script>1</script>', '<script>'],
  ['<SCRIPT src="https://x.example/x.js"></SCRIPT>', '<script>'],
  ['<iframe src="https://x.example"></iframe>', '<iframe>'],
  ['<svg><a/></svg>', '<svg>'],
  ['<meta http-equiv="refresh" content="0;url=https://x.example">', 'http-equiv'],
  ['<!-- {{name}} -->', 'comment'],
  ['<img srcset="{{url a}} 2x">', 'srcset'],
  ['<p title="{{paragraphs a}}">', 'paragraphs'],
  ['<title>{{paragraphs a}}</title>', 'paragraphs'],
  ['{{#if a}}<p title="{{/if}}{{name}}', 'another part'],
  ['<p title="{{#if a}}">{{else}}{{name}}{{/if}}">', 'another part'],
  ['<p title="{{> contact}}">', 'between tags'],
  ['{{#> layout title=a}}<p title="{{/layout}}', 'outside of tags'],
  ['<p title="', 'ends inside'],
  ['line\n  <p {{name}}>', 'line 2, column 6'],
])('%s is refused', (source, why) => {
  expect(checkHtml(source).join('\n')).toContain(why);
});

test.each([
  '<p title="{{name}}" lang=en hidden>{{name}} < 3 & more</p>', '<a href="{{url link}}">x</a>', '<a href="https://x.example/?q={{name}}#{{name}}">x</a>',
  '<a href="mailto:{{mail}}">x</a>', '<title>{{name}}</title>', '<style>p{color:red}</style>{{name}}', '<!doctype html><!-- note --><br/>{{paragraphs text}}',
  '<p {{#if a}}title="{{a}}"{{/if}}>x</p>', '<p class="a{{#if b}} b{{/if}}">{{#each c}}<b>{{this}}</b>{{else}}<i>none</i>{{/each}}</p>', 'a <3 b',
])('%s is fine', (source) => {
  expect(checkHtml(source)).toEqual([]);
});

test('all our own HTML passes', () => {
  for (const key of catalogueKeys) expect([key, checkHtml(catalogue[key].defaults.html ?? '')]).toEqual([key, []]);
  for (const [name, { html }] of Object.entries(partials)) expect([name, checkHtml(html ?? '')]).toEqual([name, []]);
});

const MARK = 'x7x';
/** Texts that try to leave wherever they stand. */
const hostile = fc.array(
  fc.oneof(fc.constantFrom('<', '>', '"', "'", '&', '`', '=', '/', ' ', '\n', '\t', '{{', '}}', '{{{', '<script>', '</title>', '</p>', '-->', '" onmouseover="', "' x='", 'javascript:', '&lt;', '{{constructor}}'), fc.string({ unit: 'binary', maxLength: 4 })),
  { maxLength: 8 },
).map((parts) => `${MARK}${parts.join('')}${MARK}`);

/** The same data with every text made hostile. */
function poisoned(data: unknown, texts: readonly string[], next = { at: 0 }, name = ''): unknown {
  if (typeof data === 'string') return /At$|On$|Date$|^(locale|zone|currency)$/.test(name) ? data : (texts[next.at++ % texts.length] ?? '');
  if (Array.isArray(data)) return data.map((item) => poisoned(item, texts, next));
  if (typeof data === 'object' && data !== null) return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, poisoned(value, texts, next, key)]));
  return data;
}

/** Tags and attributes of an HTML text, without what stands in them. */
function skeleton(html: string): string {
  const tags: string[] = [];
  for (const match of html.matchAll(/<(\/?)([a-z!][a-z0-9]*)((?:\s+[a-z:-]+(?:="[^"]*")?)*)\s*\/?>/gi)) {
    const names = [...(match[3] ?? '').matchAll(/\s([a-z:-]+)(?==|\s|$)/gi)].map((attribute) => attribute[1]);
    tags.push(`${match[1] ?? ''}${match[2] ?? ''}[${names.join(',')}]`);
  }
  return tags.filter((tag) => !/^\/?(p|br|a)\[/.test(tag)).join(' ');
}

test('no data of any message or document, however hostile, adds a tag, an attribute or an unescaped sign', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 3, maxLength: 6 }), fc.constantFrom(...catalogueKeys), (texts, key) => {
      const { sample, defaults } = catalogue[key];
      const data = poisoned(sample.full, texts) as typeof sample.full;
      const source = defaults.html ?? '';
      const html = render(source, { ...data, subject: texts[0] }, 'html');
      expect(skeleton(html)).toBe(skeleton(render(source, { ...sample.full, subject: 'x' }, 'html')));
      for (const text of texts) if (/[<>"']/.test(text)) expect(html).not.toContain(text);
      for (const match of html.matchAll(/(?:href|src)="([^"]*)"/g)) expect(match[1]).toMatch(/^(https?:|mailto:|#$)/);
    }),
    { numRuns: 150 },
  );
});

test('whatever a member typed or an editor wrote around it, HTML holds the data escaped, and subject and SMS hold it plain', () => {
  fc.assert(
    fc.property(hostile, hostile, fc.constantFrom(...templateKeys), (body, name, key) => {
      const data = { ...catalogue[key].sample.full, creator: { name }, body };
      const message = renderMessage(key, data, { subject: 'To {{creator.name}}', text: 'Dear {{creator.name}}, {{creator.name}}' });
      if (/[<>"']/.test(name)) expect(message.html).not.toContain(name);
      expect(message.html).not.toMatch(/<script|\son[a-z]+=/i);
      // oxlint-disable-next-line no-control-regex
      expect(message.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(message.subject).not.toMatch(/&(lt|gt|quot|amp|#x27);/.test(name) ? /$^/ : /&(lt|gt|quot|amp|#x27);/);
      expect(message.text.replace(/\s+/g, '')).toContain(name.replace(/\s+/g, ''));
    }),
    { numRuns: 150 },
  );
});
