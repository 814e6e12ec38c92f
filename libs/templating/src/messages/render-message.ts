import { defaults, type TemplateKey } from '../defaults/index.js';
import type { MessageTemplate } from '../defaults/message-template.js';
import { missingVariables, type Rendered, renderLeniently, type TemplateData } from '../engine/render.js';
import type { Target } from '../engine/target.js';

/** A message ready for any channel. */
export type RenderedMessage = MessageTemplate;

const EDITED_HTML = `{{#> layout title=subject}}
{{paragraphs body}}
{{#if buttonLink}}{{> button label="Open" to=buttonLink}}{{/if}}
{{> contact}}
{{/layout}}`;

/**
 * Renders all four forms of a message: the default texts, or `overrides` in their place. The rendered subject is the
 * variable `subject` of the HTML. An edited `text` stands for
 * every form that is not edited itself, so nobody reads the old words by mail or SMS; should the edit have lost the
 * data's `link`, it is put back at the end, because without it the creator could not answer.
 *
 * @throws DomainError `missing_variables` naming those of all forms at once; `invalid_fields` for a template that cannot be read.
 */
export function renderMessage(key: TemplateKey, data: TemplateData, overrides: Partial<MessageTemplate> = {}): RenderedMessage {
  const source: MessageTemplate = { ...defaults[key], ...withoutUndefined(overrides) };
  const missing = new Set<string>();
  const form = (template: string, target: Target, more: TemplateData = {}): string => {
    const rendered: Rendered = renderLeniently(template, { ...data, ...more }, target);
    for (const name of rendered.missing) missing.add(name);
    return rendered.text;
  };
  const subject = form(source.subject, 'text').replace(/\s+/g, ' ').trim();
  const edited = overrides.text !== undefined;
  const body = tidy(form(source.text, 'text'));
  const link = typeof data.link === 'string' && edited && !body.includes(data.link) ? data.link : undefined;
  const text = link === undefined ? body : `${body}\n\n${link}`;
  const html = edited && overrides.html === undefined
    ? form(EDITED_HTML, 'html', { subject, body, buttonLink: link })
    : form(source.html, 'html', { subject });
  const short = edited && overrides.short === undefined ? text : form(source.short, 'text').trim();
  if (missing.size > 0) throw missingVariables(missing);
  return { subject, text, html, short };
}

/** Blocks leave empty lines behind; more than one in a row says nothing. */
const tidy = (text: string): string => text.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();

const withoutUndefined = (overrides: Partial<MessageTemplate>): Partial<MessageTemplate> =>
  Object.fromEntries(Object.entries(overrides).filter(([, source]) => source !== undefined));
