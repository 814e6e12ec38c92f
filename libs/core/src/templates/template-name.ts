import { DomainError } from '@sevenfold/domain/errors';
import { catalogue, partials, type CatalogueKey } from '@sevenfold/templating';

/** What a key of a template stands for. */
export type TemplateName =
  | { readonly kind: 'message' | 'document'; readonly key: CatalogueKey }
  | { readonly kind: 'partial'; readonly key: string; readonly name: string };

export const PARTIAL = 'partial.';
const PARTIAL_NAME = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * Reads a key: one of the catalogue, or `partial.` and the name of a piece.
 * @throws DomainError `not_found` for any other
 */
export function templateName(key: string): TemplateName {
  if (isCatalogueKey(key)) return { kind: catalogue[key].kind, key };
  const name = key.startsWith(PARTIAL) ? key.slice(PARTIAL.length) : '';
  if (!PARTIAL_NAME.test(name)) throw new DomainError('not_found', { entity: 'template' });
  return { kind: 'partial', key, name };
}

export const isCatalogueKey = (key: string): key is CatalogueKey => Object.hasOwn(catalogue, key);

/** Whether everybody has this piece, and a workspace's stands in its place. */
export const isOurPartial = (name: string): boolean => Object.hasOwn(partials, name);

/** The language everybody falls back to. */
export const FALLBACK_LANGUAGE = 'en';

/**
 * A language as it is kept.
 * @throws DomainError `invalid_fields`
 */
export function languageTag(language: string = FALLBACK_LANGUAGE): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(language)) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'language', message: 'Write a language as in en, de or pt-BR' }] });
  }
  return language.toLowerCase();
}

/** Which languages speak to a reader, best first. */
export function languagesFor(locale: string): string[] {
  const parts = locale.toLowerCase().split('-');
  const narrowing = parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
  return [...new Set([...narrowing, FALLBACK_LANGUAGE])];
}
