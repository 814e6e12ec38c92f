import { variablesOf } from '../engine/compile.js';
import { defaults, type TemplateKey } from '../defaults/index.js';
import type { MessageTemplate } from '../defaults/message-template.js';

/** A default text and what it reads. */
export interface DefaultTemplate extends MessageTemplate {
  /** Full names of all variables of all four forms. */
  readonly variables: readonly string[];
}

const describe = (template: MessageTemplate): DefaultTemplate => {
  const { subject, text, html, short } = template;
  return { ...template, variables: [...new Set([subject, text, html, short].flatMap(variablesOf))].sort() };
};

/** All keys, in the order a campaign uses them. */
export const templateKeys = Object.keys(defaults) as TemplateKey[];

/** The texts a workspace starts with. */
export const defaultTemplates = Object.fromEntries(
  templateKeys.map((key) => [key, describe(defaults[key])]),
) as Record<TemplateKey, DefaultTemplate>;
