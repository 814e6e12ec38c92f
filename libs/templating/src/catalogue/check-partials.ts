import { DomainError } from '@sevenfold/domain/errors';
import { createPartials, type PartialSet, type PartialSource } from '../engine/partial-set.js';
import { checkHtml } from '../html/check-html.js';
import { partials as ours } from '../partials/index.js';

/**
 * Reads a workspace's pieces together with ours, which they may replace.
 *
 * @param own by name
 * @throws DomainError `invalid_fields`, the path `name.html` or `name.text`
 */
export function checkPartials(own: Readonly<Record<string, PartialSource>>): PartialSet {
  const set = withOurPartials(own);
  const fields = Object.entries(own).flatMap(([name, { html }]) =>
    html === undefined ? [] : checkHtml(html).map((message) => ({ path: `${name}.html`, message })));
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return set;
}

/** A workspace's pieces and ours. Of a piece both have, a form the workspace left out stays ours. */
export function withOurPartials(own: Readonly<Record<string, PartialSource>>): PartialSet {
  const merged = Object.entries(own).map(([name, { html, text }]) => {
    const base = Object.hasOwn(ours, name) ? ours[name] : undefined;
    return [name, { html: html ?? base?.html, text: text ?? base?.text }] as const;
  });
  return createPartials({ ...ours, ...Object.fromEntries(merged) });
}
