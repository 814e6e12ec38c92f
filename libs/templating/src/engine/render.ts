import { DomainError } from '@sevenfold/domain/errors';
import { compile, type Template } from './compile.js';
import type { Frame } from './frame.js';
import type { Target } from './target.js';

/** What templates read. `locale` (default `en`) and `zone` (IANA) at the root set how helpers write. */
export type TemplateData = Readonly<Record<string, unknown>>;

/** A text, and the names of what was missing for it. */
export interface Rendered {
  readonly text: string;
  readonly missing: ReadonlySet<string>;
}

/**
 * Renders for a target.
 *
 * @throws DomainError `missing_variables` naming all of them; `invalid_fields` for a template that cannot be read or a value a helper cannot write.
 */
export function render(template: Template | string, data: TemplateData, target: Target): string {
  const { text, missing } = renderLeniently(template, data, target);
  if (missing.size > 0) throw missingVariables(missing);
  return text;
}

/** Renders and tells what was missing instead of refusing, so that several texts can be checked before one complaint. */
export function renderLeniently(template: Template | string, data: TemplateData, target: Target): Rendered {
  const { run } = typeof template === 'string' ? compile(template) : template;
  const frame: Frame = {
    target,
    missing: new Set(),
    locale: typeof data.locale === 'string' ? data.locale : 'en',
    zone: typeof data.zone === 'string' ? data.zone : undefined,
  };
  const text = run(data, { data: { frame }, allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
  return { text, missing: frame.missing };
}

/** The one complaint about all of them. */
export const missingVariables = (missing: Iterable<string>): DomainError =>
  new DomainError('missing_variables', { variables: [...new Set(missing)].sort() });
