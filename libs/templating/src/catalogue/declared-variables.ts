import type { TemplateData } from '../engine/render.js';
import { catalogue, type CatalogueKey } from './catalogue.js';

/** A variable a template may use. */
export interface DeclaredVariable {
  /** Its full name, e.g. `campaign.name`, `figures[].metric`. */
  readonly name: string;
  /** Whether it always has a value; the others are asked about first: `{{#if campaign.closesAt}}`. */
  readonly always: boolean;
}

/** All variables of a template, by name. */
export function declaredVariables(key: CatalogueKey): readonly DeclaredVariable[] {
  const { full, least } = catalogue[key].sample;
  const always = namesIn(least);
  return [...namesIn(full)].sort().map((name) => ({ name, always: always.has(name) }));
}

/** The full names of everything in a piece of data. */
export function namesIn(data: TemplateData): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown, name: string): void => {
    if (value === undefined || value === null) return;
    if (name !== '') names.add(name);
    if (Array.isArray(value)) {
      for (const item of value) visit(item, `${name}[]`);
    } else if (typeof value === 'object' && !(value instanceof Date)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, name === '' ? key : `${name}.${key}`);
    }
  };
  visit(data, '');
  return names;
}
