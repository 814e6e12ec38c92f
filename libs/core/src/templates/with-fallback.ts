import { isDomainError, type DomainError } from '@sevenfold/domain/errors';
import { defaultPartials, type MessageForms, type PartialSet } from '@sevenfold/templating';
import { partialSetOf, type StoredText } from './stored-texts.js';

/** Renders with these layers, most specific first, above the default. */
export type Attempt<T> = (layers: readonly MessageForms[], partials: PartialSet) => T;

/** What was written, and which texts of the workspace were not fit for it. */
export interface Fallback<T> {
  readonly result: T;
  readonly broken: readonly BrokenText[];
}

export interface BrokenText {
  readonly text: StoredText;
  readonly error: DomainError;
}

export interface Layers {
  /** What is said for this one message; a mistake in it is its author's to hear. */
  readonly edited?: MessageForms | undefined;
  /** The campaign's and the workspace's own text. */
  readonly stored: readonly StoredText[];
  readonly partials: readonly StoredText[];
}

/**
 * Renders with what the workspace says of its own. If that has broken since it was saved, the default goes out in its place: a text
 * must not stop a campaign.
 * @throws DomainError of the attempt when the message's own words, or its data, are at fault
 */
export function withFallback<T>({ edited, stored, partials }: Layers, attempt: Attempt<T>): Fallback<T> {
  const own = edited === undefined ? [] : [edited];
  const first = tried(() => attempt([...own, ...stored.map(({ forms }) => forms)], partialSetOf(partials)));
  if ('result' in first) return { result: first.result, broken: [] };
  if (stored.length === 0 && partials.length === 0) throw first.error;
  const second = tried(() => attempt(own, partialSetOf(partials)));
  if ('result' in second) return { result: second.result, broken: blamed(stored, first.error, ({ forms }) => attempt([...own, forms], partialSetOf(partials))) };
  const third = tried(() => attempt(own, defaultPartials));
  if (!('result' in third)) throw first.error;
  return {
    result: third.result,
    broken: [...blamed(partials, second.error, (one) => attempt(own, partialSetOf([one]))), ...blamed(stored, undefined, ({ forms }) => attempt([...own, forms], defaultPartials))],
  };
}

/** Those which fail alone; all of them when only together they do, and `together` says how. */
function blamed(texts: readonly StoredText[], together: DomainError | undefined, alone: (text: StoredText) => unknown): BrokenText[] {
  const found = texts.flatMap((text) => {
    const outcome = tried(() => alone(text));
    return 'error' in outcome ? [{ text, error: outcome.error }] : [];
  });
  return found.length > 0 || together === undefined ? found : texts.map((text) => ({ text, error: together }));
}

const faults: ReadonlySet<string> = new Set(['missing_variables', 'invalid_fields', 'template_limit']);

function tried<T>(work: () => T): { result: T } | { error: DomainError } {
  try {
    return { result: work() };
  } catch (error) {
    if (isDomainError(error) && faults.has(error.code)) return { error };
    throw error;
  }
}
