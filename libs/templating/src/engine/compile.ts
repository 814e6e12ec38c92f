import { DomainError } from '@sevenfold/domain/errors';
import type Handlebars from 'handlebars';
import { defaultPartials } from '../partials/index.js';
import { compileOptions, environment } from './environment.js';
import { instrument } from './instrument.js';
import { parse } from './parse.js';
import type { PartialSet } from './partial-set.js';
import type { Form } from './target.js';

/** A template that was read and found fine. */
export interface Template {
  readonly source: string;
  /** All variables by their full names, e.g. `campaign.name`, `deliverables[].title`. */
  readonly variables: readonly string[];
  /** Names of the partials it includes. */
  readonly includes: readonly string[];
  readonly run: Handlebars.TemplateDelegate;
}

const KEPT = 500;
const SHELVES = 40;
/** By the pieces they may include, then by source: looking one up costs no more for a long source. */
const compiled = new Map<string, Map<string, Template>>();

/**
 * Reads a template: Handlebars with variables, if/unless/each/with, our helpers and partials, and nothing else.
 *
 * @param partials the pieces it may include; ours when absent
 * @param form whether it includes their HTML or their plain text
 * @throws DomainError `invalid_fields`, one field `template` per problem, each with its line and column
 */
export function compile(source: string, partials: PartialSet = defaultPartials, form: Form = 'html'): Template {
  const shelf = shelfOf(`${partials.key} ${form}`);
  const known = shelf.get(source);
  if (known !== undefined) return known;
  const parsed = parse(source, environment);
  if ('problem' in parsed) throw invalid([parsed.problem]);
  const { ast, variables, includes, problems } = guarded(() => instrument(parsed.ast, { partials: partials[form].known }));
  if (problems.length > 0) throw invalid(problems);
  const template: Template = { source, variables, includes, run: environment.compile(ast, compileOptions) };
  if (shelf.size >= KEPT) shelf.delete(shelf.keys().next().value ?? '');
  shelf.set(source, template);
  return template;
}

function shelfOf(key: string): Map<string, Template> {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Template>();
  if (compiled.size >= SHELVES) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(key, made);
  return made;
}

/** The variables of a template by their full names, conditions and blocks included. */
export function variablesOf(template: Template | string): readonly string[] {
  return (typeof template === 'string' ? compile(template) : template).variables;
}

/** Whatever is nested deeper than we count is too deep. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw invalid(['is nested too deeply']);
    throw error;
  }
}

const invalid = (problems: readonly string[]): DomainError =>
  new DomainError('invalid_fields', { fields: problems.map((message) => ({ path: 'template', message })) });
