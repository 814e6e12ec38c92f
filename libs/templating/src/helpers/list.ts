import type Handlebars from 'handlebars';
import { frameOf, localeOf } from '../engine/frame.js';
import { unusable } from './unusable.js';

const TYPES: Readonly<Record<string, 'conjunction' | 'disjunction' | 'unit'>> = { and: 'conjunction', or: 'disjunction', plain: 'unit' };

/**
 * `{{list items}}`: "a, b and c" as the locale writes it; `style="or"` for "a, b or c", `style="plain"` for "a, b, c". Of a list of
 * records, `of="name"` says what is written of each.
 */
export function list(value: unknown, options: Handlebars.HelperOptions): string {
  if (value === undefined || value === null) return '';
  const { of, style = 'and' } = options.hash as Record<string, unknown>;
  const items: unknown[] = Array.isArray(value) ? value.map((item: unknown) => (typeof of === 'string' ? own(item, of) : item)) : [];
  if (!Array.isArray(value) || !items.every((item) => typeof item === 'string' || typeof item === 'number')) return unusable('list', 'a list of texts');
  const type = typeof style === 'string' && Object.hasOwn(TYPES, style) ? TYPES[style] : undefined;
  if (type === undefined) return unusable('list', 'style and, or, plain');
  const texts = items.map(String);
  // Written once more by whatever prints it; joining is work all the same.
  frameOf(options).budget.spend(texts.length, texts.reduce((sum, text) => sum + text.length, 0));
  try {
    return new Intl.ListFormat(localeOf(options), { type }).format(texts);
  } catch {
    return unusable('list', 'a known locale');
  }
}

const own = (item: unknown, name: string): unknown =>
  typeof item === 'object' && item !== null && Object.hasOwn(item, name) ? (item as Record<string, unknown>)[name] : undefined;
