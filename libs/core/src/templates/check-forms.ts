import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import { catalogue, catalogueKeys, checkHtml, checkTemplate, type PartialSet } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import { allStoredTexts, partialSetOf, partialTextsFor, type StoredText } from './stored-texts.js';
import { FALLBACK_LANGUAGE, isCatalogueKey, isOurPartial, PARTIAL, type TemplateName } from './template-name.js';
import type { TemplateLevel } from './template-view.js';
import type { SavedForms } from './template-version.entity.js';

/**
 * Checks what somebody wants to save: itself, and for a partial everything that includes it.
 * @param forms null when it goes back to the default
 * @throws DomainError `invalid_fields`, `missing_variables`, `template_limit`, and `conflict` when other texts would break, naming them
 */
export async function checkForms(tx: Tx, name: TemplateName, { language, campaignId }: TemplateLevel, forms: SavedForms | null): Promise<void> {
  const stored = await allStoredTexts(tx);
  if (name.kind !== 'partial') {
    if (forms !== null) checkTemplate(name.key, forms, partialSetOf(partialTextsFor(stored, language)));
    return;
  }
  if (campaignId !== null) throw invalid('campaignId', 'A partial is the same for every campaign');
  if (forms !== null) checkPartialForms(name.name, forms);
  const others = stored.filter((text) => text.key !== name.key || text.language !== language);
  const after = forms === null ? others : [...others, { id: '', versionId: '', key: name.key, language, campaignId: null, version: 0, forms }];
  for (const each of new Set([FALLBACK_LANGUAGE, language, ...stored.map((text) => text.language)])) {
    stillFine(name.key, each, { before: stored, after });
  }
}

function checkPartialForms(name: string, forms: SavedForms): void {
  const given = Object.keys(forms);
  const stray = given.find((form) => form !== 'html' && form !== 'text');
  if (stray !== undefined) throw invalid(stray, 'A partial has html and text only');
  if (given.length === 0) throw invalid('html', 'Say something, in html or in text');
  if (!isOurPartial(name) && Object.values(forms).every((source) => source.trim() === '')) throw invalid('html', 'Say something, in html or in text');
  const problems = forms.html === undefined ? [] : checkHtml(forms.html);
  if (problems.length > 0) throw new DomainError('invalid_fields', { fields: problems.map((message) => ({ path: 'html', message })) });
}

/** What could be read and rendered before must be after. */
function stillFine(key: string, language: string, { before, after }: { before: readonly StoredText[]; after: readonly StoredText[] }): void {
  const [was, will] = [partialTextsFor(before, language), partialTextsFor(after, language)];
  const set = readTogether(key, will);
  const old = quietly(() => partialSetOf(was));
  const texts = after.filter((text) => text.language === language && isCatalogueKey(text.key));
  const broken = new Map<string, string>();
  const check = (which: string, forms: SavedForms): void => {
    const fails = failure(which, forms, set);
    if (fails !== undefined && (old === undefined || failure(which, forms, old) === undefined)) broken.set(which, fails);
  };
  for (const each of catalogueKeys) check(each, catalogue[each].defaults as SavedForms);
  for (const text of texts) check(text.key, text.forms);
  if (broken.size > 0) {
    const names = [...broken.keys()].sort();
    throw new DomainError('conflict', { entity: 'template', usedBy: names, problems: names.map((name) => `${name}: ${broken.get(name) ?? ''}`) }, `These texts would break: ${names.join(', ')}`);
  }
}

/** The paths of its own problems are its forms; others keep their names. */
function readTogether(key: string, texts: readonly StoredText[]): PartialSet {
  try {
    return partialSetOf(texts);
  } catch (error) {
    if (!isDomainError(error) || !Array.isArray(error.details?.['fields'])) throw error;
    const own = `${key.slice(PARTIAL.length)}.`;
    const fields = error.details['fields'].map((field) => {
      const { path, message } = Object(field) as { path: string; message: string };
      return { path: path.startsWith(own) ? path.slice(own.length) : path, message };
    });
    throw new DomainError('invalid_fields', { fields });
  }
}

function failure(key: string, forms: SavedForms, partials: PartialSet): string | undefined {
  if (!isCatalogueKey(key)) return undefined;
  try {
    checkTemplate(key, forms, partials);
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return error.message;
  }
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

const invalid = (path: string, message: string): DomainError => new DomainError('invalid_fields', { fields: [{ path, message }] });
