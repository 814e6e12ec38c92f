import { tooMuch } from './budget.js';
import { LIMITS } from './limits.js';
import { FORBIDDEN_NAMES } from './names.js';
import type { TemplateData } from './render.js';

/**
 * A copy of the data that holds nothing else: texts, numbers, instants, lists and records. Functions, getters and
 * what a class brings along stay behind, so no template can reach them, however it spells the way.
 * @throws DomainError `template_limit` for data without an end
 */
export function plainData(data: TemplateData): TemplateData {
  const counter = { left: LIMITS.values as number };
  return record(data, counter, 0);
}

interface Counter {
  left: number;
}

function copy(value: unknown, counter: Counter, depth: number): unknown {
  counter.left -= 1;
  if (counter.left < 0 || depth > LIMITS.depth) throw tooMuch('its data is too large');
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return new Date(value.getTime());
  if (Array.isArray(value)) return value.map((item) => copy(item, counter, depth + 1));
  if (typeof value === 'object') return record(value, counter, depth);
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
}

function record(value: object, counter: Counter, depth: number): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, name);
    // A getter would run; a name that leads out of the data is none of it.
    if (property !== undefined && 'value' in property && !FORBIDDEN_NAMES.has(name)) own[name] = copy(property.value, counter, depth + 1);
  }
  return own;
}
