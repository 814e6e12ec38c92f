import type Handlebars from 'handlebars';
import { frameOf } from '../engine/frame.js';
import { unusable } from './unusable.js';

/** `{{list items}}`: "a, b and c" as the locale writes it. */
export function list(value: unknown, options: Handlebars.HelperOptions): string {
  if (value === undefined || value === null) return '';
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string' || typeof item === 'number')) return unusable('list', 'a list of texts');
  return new Intl.ListFormat(frameOf(options).locale, { type: 'conjunction' }).format(value.map(String));
}
