import { DomainError } from '@sevenfold/domain/errors';
import { defaultPartials } from '../partials/index.js';
import { Budget, tooMuch } from './budget.js';
import { compile } from './compile.js';
import type { Frame } from './frame.js';
import type { PartialSet } from './partial-set.js';
import { plainData } from './plain-data.js';
import { formOf, type Target } from './target.js';

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
 * @throws DomainError `missing_variables` naming all of them; `invalid_fields` for a template that cannot be read or a value a helper
 *   cannot write; `template_limit` for one that repeats or writes too much
 */
export function render(source: string, data: TemplateData, target: Target, partials: PartialSet = defaultPartials): string {
  const { text, missing } = renderLeniently(source, data, target, partials);
  if (missing.size > 0) throw missingVariables(missing);
  return text;
}

/** Renders and tells what was missing instead of refusing, so that several texts can be checked before one complaint. */
export function renderLeniently(source: string, data: TemplateData, target: Target, partials: PartialSet = defaultPartials): Rendered {
  return renderPlain(source, plainData(data), target, partials);
}

/** The same with data that is plain already, for several texts of the same data. */
export function renderPlain(source: string, data: TemplateData, target: Target, partials: PartialSet): Rendered {
  const form = formOf(target);
  const { run } = compile(source, partials, form);
  const frame: Frame = {
    target,
    missing: new Set(),
    locale: typeof data.locale === 'string' ? data.locale : 'en',
    zone: typeof data.zone === 'string' ? data.zone : undefined,
    budget: new Budget(),
  };
  const options = { data: { frame }, partials: partials[form].run, allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
  const text = bounded(() => run(data, options));
  return { text, missing: frame.missing };
}

/** What ends in the middle was too much, or is a fault of the template's; neither quotes the data. */
function bounded(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (error instanceof RangeError) throw tooMuch('it includes too much');
    throw new DomainError('invalid_fields', { fields: [{ path: 'template', message: 'cannot be rendered' }] });
  }
}

/** The one complaint about all of them. */
export const missingVariables = (missing: Iterable<string>): DomainError =>
  new DomainError('missing_variables', { variables: [...new Set(missing)].sort() });
