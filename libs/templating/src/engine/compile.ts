import { DomainError } from '@sevenfold/domain/errors';
import type Handlebars from 'handlebars';
import { compileOptions, environment, partialVariables } from './environment.js';
import { instrument } from './instrument.js';

/** A template that was read and found fine. */
export interface Template {
  readonly source: string;
  /** All variables by their full names, e.g. `campaign.name`, `deliverables[].title`. */
  readonly variables: readonly string[];
  readonly run: Handlebars.TemplateDelegate;
}

const MAX_LENGTH = 200_000;
const KEPT = 500;
const compiled = new Map<string, Template>();

/**
 * Reads a template: Handlebars with variables, if/unless/each/with, our helpers and partials, and nothing else.
 *
 * @throws DomainError `invalid_fields`, one field `template` per problem, each with its line.
 */
export function compile(source: string): Template {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (source.length > MAX_LENGTH) throw invalid(['is too long']);
  const { ast, variables, problems } = instrument(parse(source), { partialVariables });
  if (problems.length > 0) throw invalid(problems);
  const template: Template = { source, variables, run: environment.compile(ast, compileOptions) };
  if (compiled.size >= KEPT) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(source, template);
  return template;
}

/** The variables of a template by their full names, conditions and blocks included. */
export function variablesOf(template: Template | string): readonly string[] {
  return (typeof template === 'string' ? compile(template) : template).variables;
}

function parse(source: string): hbs.AST.Program {
  try {
    return environment.parse(source);
  } catch (error) {
    throw invalid([error instanceof Error ? (error.message.split('\n')[0] ?? 'cannot be read') : 'cannot be read']);
  }
}

const invalid = (problems: readonly string[]): DomainError =>
  new DomainError('invalid_fields', { fields: problems.map((message) => ({ path: 'template', message })) });
