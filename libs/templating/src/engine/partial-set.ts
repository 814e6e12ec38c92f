import { createHash } from 'node:crypto';
import { DomainError } from '@sevenfold/domain/errors';
import type Handlebars from 'handlebars';
import { compileOptions, environment } from './environment.js';
import { instrument } from './instrument.js';
import { PARTIALS } from './names.js';
import { parse } from './parse.js';
import type { KnownPartial } from './reading.js';
import type { Form } from './target.js';

/** A piece others include: as HTML, as plain text, or both. Where a form is absent it cannot be included. */
export interface PartialSource {
  readonly html?: string | undefined;
  readonly text?: string | undefined;
}

/** All pieces of one form, ready to be included. */
export interface PartialForms {
  readonly known: ReadonlyMap<string, KnownPartial>;
  readonly run: Readonly<Record<string, Handlebars.TemplateDelegate>>;
  /** Which other pieces each includes. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
}

/** All pieces a text may include. */
export interface PartialSet extends Readonly<Record<Form, PartialForms>> {
  /** The same for the same pieces. */
  readonly key: string;
}

const KEPT = 100;
const made = new Map<string, PartialSet>();

/**
 * Reads pieces that may include one another, but never, by any way, themselves.
 *
 * @throws DomainError `invalid_fields`, one field `name.form` per problem, each with its line and column
 */
export function createPartials(sources: Readonly<Record<string, PartialSource>>): PartialSet {
  const names = Object.keys(sources).sort();
  const key = createHash('sha256').update(JSON.stringify(names.map((name) => [name, sources[name]?.html, sources[name]?.text]))).digest('base64');
  const known = made.get(key);
  if (known !== undefined) return known;
  const set: PartialSet = { key, html: read(sources, names, 'html'), text: read(sources, names, 'text') };
  if (made.size >= KEPT) made.delete(made.keys().next().value ?? '');
  made.set(key, set);
  return set;
}

function read(sources: Readonly<Record<string, PartialSource>>, names: readonly string[], form: Form): PartialForms {
  const known = new Map<string, KnownPartial>();
  const includes = new Map<string, readonly string[]>();
  const run: Record<string, Handlebars.TemplateDelegate> = Object.create(null) as Record<string, Handlebars.TemplateDelegate>;
  const fields: { path: string; message: string }[] = [];
  const reading = new Set<string>();

  /** Those it includes first: what they read is what it reads. */
  const visit = (name: string): void => {
    const source = sources[name]?.[form];
    if (source === undefined || known.has(name)) return;
    const params = (Object.hasOwn(PARTIALS, name) ? PARTIALS[name] : undefined) ?? [];
    const complain = (messages: readonly string[]): void => {
      fields.push(...messages.map((message) => ({ path: `${name}.${form}`, message })));
      known.set(name, { variables: [], params });
    };
    const parsed = parse(source, environment);
    if ('problem' in parsed) return complain([parsed.problem]);
    reading.add(name);
    for (const other of included(source)) {
      if (reading.has(other)) {
        reading.delete(name);
        return complain([`partial "${other}" includes itself`]);
      }
      visit(other);
    }
    reading.delete(name);
    const { ast, variables, includes: others, problems } = instrument(parsed.ast, { given: params, partials: known });
    if (problems.length > 0) return complain(problems);
    known.set(name, { variables, params });
    includes.set(name, others);
    run[name] = environment.compile(ast, compileOptions);
  };

  for (const name of names) visit(name);
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return { known, run, includes };
}

/** Names of partials in a source; more than there are does no harm. */
const included = (source: string): string[] => [...source.matchAll(/\{\{~?#?>\s*([^\s}~]+)/g)].map((match) => match[1] ?? '');
