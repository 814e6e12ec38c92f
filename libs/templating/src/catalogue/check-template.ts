import { DomainError } from '@sevenfold/domain/errors';
import { compile } from '../engine/compile.js';
import type { PartialSet } from '../engine/partial-set.js';
import { render, type TemplateData } from '../engine/render.js';
import { formOf, type Form, type Target } from '../engine/target.js';
import { checkHtml } from '../html/check-html.js';
import type { MessageForms } from '../messages/layers.js';
import { renderMessage } from '../messages/render-message.js';
import { defaultPartials } from '../partials/index.js';
import { catalogue, isTemplateKey, type CatalogueKey, type TemplateForm } from './catalogue.js';
import { namesIn } from './declared-variables.js';

/** What somebody wants to save: some forms or all. */
export type TemplateSources = MessageForms;

const TARGETS: Record<TemplateForm, Target> = { subject: 'subject', text: 'text', html: 'html', short: 'text' };

/**
 * Checks a template before it is kept: it can be read, uses only variables its messages will have (asking first for those only some have),
 * leaves room for no data unescaped, loses no link a creator needs, and ends soon.
 *
 * @param partials the pieces it may include; ours when absent
 * @throws DomainError `invalid_fields` with the form as path and line and column in the message; `missing_variables` with the
 *   variables by name; `template_limit`
 */
export function checkTemplate(key: CatalogueKey, sources: TemplateSources, partials: PartialSet = defaultPartials): void {
  const forms = formsIn(key, sources);
  refuse(forms.flatMap(([form, source]) => readingProblems(form, source, partials)));
  refuse(forms.filter(([form]) => form === 'html').flatMap(([form, source]) => checkHtml(source).map((message) => ({ path: form, message }))));
  unknownVariables(key, forms, partials);
  for (const sample of [catalogue[key].sample.full, catalogue[key].sample.least]) tryOut(key, forms, sample, partials);
}

type NamedSource = readonly [TemplateForm, string];
interface Problem {
  readonly path: string;
  readonly message: string;
}

function formsIn(key: CatalogueKey, sources: TemplateSources): NamedSource[] {
  const entries = Object.entries(sources).filter((entry): entry is [TemplateForm, string] => entry[1] !== undefined);
  refuse(entries.flatMap(([form, source]) => {
    if (!catalogue[key].forms.includes(form)) return [{ path: form, message: `This template has no ${form}` }];
    return source.trim() === '' ? [{ path: form, message: 'Say something, or leave it out to keep the default' }] : [];
  }));
  if (entries.length === 0) refuse([{ path: catalogue[key].forms[0] ?? 'text', message: 'Edit at least one of its forms' }]);
  return entries;
}

function readingProblems(form: TemplateForm, source: string, partials: PartialSet): Problem[] {
  return problemsOf(form, () => compile(source, partials, formOf(TARGETS[form])));
}

/** Names what no message of this key will ever have. */
function unknownVariables(key: CatalogueKey, forms: readonly NamedSource[], partials: PartialSet): void {
  const known = namesIn(catalogue[key].sample.full);
  const used = forms.flatMap(([form, source]) => compile(source, partials, formOf(TARGETS[form])).variables.map((name) => [form, name] as const));
  const unknown = used.filter(([form, name]) => !known.has(name) && !(form === 'html' && name === 'subject') && !isLength(name, known));
  if (unknown.length === 0) return;
  const variables = [...new Set(unknown.map(([, name]) => name))].sort();
  throw new DomainError('missing_variables', { variables, known: [...known].sort() }, `This template does not know ${variables.join(', ')}`);
}

const isLength = (name: string, known: ReadonlySet<string>): boolean => name.endsWith('.length') && known.has(`${name.slice(0, -'.length'.length)}[]`);

/** Renders with a sample: what is missing now would be missing then, and what a helper cannot write now neither. */
function tryOut(key: CatalogueKey, forms: readonly NamedSource[], sample: TemplateData, partials: PartialSet): void {
  const { link: needed } = catalogue[key].sample.least;
  const link = typeof needed === 'string' ? needed : undefined;
  const missing = new Set<string>();
  const problems: Problem[] = [];
  for (const [form, source] of forms) {
    const data = form === 'html' ? { ...sample, subject: 'Sample' } : sample;
    problems.push(...problemsOf(form, () => {
      try {
        const text = render(source, data, TARGETS[form], partials);
        if (link !== undefined && (form === 'html' || form === 'short') && !text.includes(link)) {
          throw new DomainError('invalid_fields', { fields: [{ path: form, message: 'must contain {{link}}: without it the creator cannot answer' }] });
        }
      } catch (error) {
        for (const name of missingIn(error)) missing.add(name);
      }
    }));
  }
  refuse(problems);
  if (missing.size > 0) {
    const variables = [...missing].sort();
    throw new DomainError('missing_variables', { variables, ask: true }, `Not every message has ${variables.join(', ')}: ask first, {{#if ${variables[0] ?? ''}}}…{{/if}}`);
  }
  if (isTemplateKey(key)) renderMessage(key, sample, Object.fromEntries(forms), partials);
}

function missingIn(error: unknown): string[] {
  const variables = error instanceof DomainError && error.code === 'missing_variables' ? error.details.variables : undefined;
  if (!Array.isArray(variables)) throw error;
  return variables.map(String);
}

/** The problems a step ends in, told of one form. */
function problemsOf(form: Form | TemplateForm, work: () => unknown): Problem[] {
  try {
    work();
    return [];
  } catch (error) {
    const fields = error instanceof DomainError && error.code === 'invalid_fields' ? error.details.fields : undefined;
    if (!Array.isArray(fields)) throw error;
    return fields.map((field) => ({ path: form, message: wordsOf(field) }));
  }
}

/** A helper's complaint carries the helper as its path. */
function wordsOf(field: unknown): string {
  const { path, message } = Object(field) as { path?: unknown; message?: unknown };
  return typeof path === 'string' && path.startsWith('{{') ? `${path}: ${String(message)}` : String(message);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new DomainError('invalid_fields', { fields: problems.map(({ path, message }) => ({ path, message })) });
}
