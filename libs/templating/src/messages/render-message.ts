import { defaults, type TemplateKey } from '../defaults/index.js';
import type { MessageTemplate } from '../defaults/message-template.js';
import { oneLine } from '../engine/escape.js';
import type { PartialSet } from '../engine/partial-set.js';
import { plainData } from '../engine/plain-data.js';
import { missingVariables, renderPlain, type TemplateData } from '../engine/render.js';
import type { Target } from '../engine/target.js';
import { defaultPartials } from '../partials/index.js';
import { shortOf } from './derived.js';
import { effectiveForms, type MessageForms } from './layers.js';

/** A message ready for any channel. */
export type RenderedMessage = MessageTemplate;

const EDITED_HTML = `{{#> layout title=subject}}
{{paragraphs body}}
{{#if buttonLink}}{{> button label="Open" to=buttonLink}}{{/if}}
{{> contact}}
{{/layout}}`;

/** A subject longer than this is read by nobody, and refused by some. */
const LONGEST_SUBJECT = 250;

/**
 * Renders all four forms of a message: the default texts, or `overrides` in their place; several are layers, most specific
 * first. The rendered subject is the variable `subject` of the HTML. An edited `text` stands for
 * every form that is not edited itself, so nobody reads the old words by mail or SMS; should the edit have lost the
 * data's `link`, it is put back at the end, because without it the creator could not answer.
 *
 * @throws DomainError `missing_variables` naming those of all forms at once; `invalid_fields` for a template that cannot be read;
 *   `template_limit` for one that repeats or writes too much.
 */
export function renderMessage(
  key: TemplateKey,
  data: TemplateData,
  overrides: MessageForms | readonly MessageForms[] = {},
  partials: PartialSet = defaultPartials,
): RenderedMessage {
  const layers = [...(isList(overrides) ? overrides : [overrides]), defaults[key]];
  const chosen = effectiveForms(layers);
  const missing = new Set<string>();
  const plain = plainData(data);
  const form = (template: string, target: Target, more: TemplateData = {}): string => {
    const rendered = renderPlain(template, { ...plain, ...more }, target, partials);
    for (const name of rendered.missing) missing.add(name);
    return rendered.text;
  };
  const subject = shortened(oneLine(form(chosen.subject.source ?? '', 'subject')).trim());
  const body = tidy(form(chosen.text.source ?? '', 'text'));
  const edited = chosen.text.layer < layers.length - 1;
  const link = typeof data.link === 'string' && edited && !body.includes(data.link) ? data.link : undefined;
  const text = link === undefined ? body : `${body}\n\n${link}`;
  const html = chosen.html.source === undefined
    ? form(EDITED_HTML, 'html', { subject, body, buttonLink: link })
    : form(chosen.html.source, 'html', { subject });
  const short = chosen.short.source === undefined ? shortOf(key, body, link) : form(chosen.short.source, 'text').trim();
  if (missing.size > 0) throw missingVariables(missing);
  return { subject, text, html, short };
}

const isList = (overrides: MessageForms | readonly MessageForms[]): overrides is readonly MessageForms[] => Array.isArray(overrides);

/** Blocks leave empty lines behind; more than one in a row says nothing. */
const tidy = (text: string): string => text.split('\n').map((line) => line.trimEnd()).join('\n').replace(/\n{3,}/g, '\n\n').trim();

const shortened = (subject: string): string => {
  const signs = [...subject];
  return signs.length <= LONGEST_SUBJECT ? subject : `${signs.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
};
