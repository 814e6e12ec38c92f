import { variablesOf } from '../engine/compile.js';
import { defaults, type TemplateKey } from '../defaults/index.js';
import type { MessageTemplate } from '../defaults/message-template.js';

/** A default text and what it reads. */
export interface DefaultTemplate extends MessageTemplate {
  /** Full names of all variables of all four forms. */
  readonly variables: readonly string[];
}

const describe = (template: MessageTemplate): DefaultTemplate => ({
  ...template,
  // Found out when somebody asks: parsing every text is no part of a process's start.
  get variables() {
    const { subject, text, html, short } = template;
    // `subject` in the HTML is the rendered subject, not something to be given.
    const variables = new Set([subject, text, html, short].flatMap(variablesOf).filter((name) => name !== 'subject'));
    return [...variables].sort();
  },
});

/** All keys, in the order a campaign uses them. */
export const templateKeys = Object.keys(defaults) as TemplateKey[];

/** The texts a workspace starts with. */
export const defaultTemplates = Object.fromEntries(
  templateKeys.map((key) => [key, describe(defaults[key])]),
) as Record<TemplateKey, DefaultTemplate>;
