import { withOurPartials, type PartialSet, type PartialSource } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import { languagesFor, PARTIAL } from './template-name.js';
import type { SavedForms } from './template-version.entity.js';

/** A version in force. */
export interface StoredText {
  id: string;
  versionId: string;
  key: string;
  language: string;
  campaignId: string | null;
  version: number;
  forms: SavedForms;
}

const inForce = `select t.id, v.id as "versionId", t.key, t.language, t.campaign_id as "campaignId", t.version, v.forms
  from template t join template_version v on v.template_id = t.id and v.number = t.version where v.forms is not null`;

/** What the workspace says of its own under these keys, for a campaign and for all, together with its partials. */
export async function storedTexts(tx: Tx, keys: readonly string[], campaignId: string | null): Promise<StoredText[]> {
  await tx.em.flush();
  return tx.em.execute<StoredText[]>(
    `${inForce} and (t.key = any(?::text[]) or starts_with(t.key, ?)) and (t.campaign_id is null or t.campaign_id = ?) order by t.key, t.id`,
    [`{${keys.map((key) => JSON.stringify(key)).join(',')}}`, PARTIAL, campaignId],
  );
}

/** Everything in force, of every campaign. */
export const allStoredTexts = (tx: Tx): Promise<StoredText[]> => tx.em.execute<StoredText[]>(`${inForce} order by t.key, t.id`);

/** The texts of one key for a reader's language, the campaign's before the workspace's. */
export function layersFor(texts: readonly StoredText[], key: string, locale: string): StoredText[] {
  return [speaking(texts.filter((text) => text.key === key && text.campaignId !== null), locale), speaking(texts.filter((text) => text.key === key && text.campaignId === null), locale)]
    .filter((text) => text !== undefined);
}

/** The workspace's partials for a reader's language. */
export function partialTextsFor(texts: readonly StoredText[], locale: string): StoredText[] {
  const keys = [...new Set(texts.filter(({ key }) => key.startsWith(PARTIAL)).map(({ key }) => key))];
  return keys.map((key) => speaking(texts.filter((text) => text.key === key), locale)).filter((text) => text !== undefined);
}

const sets = new WeakMap<readonly StoredText[], PartialSet>();

/** The same list gives the same set. @throws DomainError `invalid_fields` when they cannot be read together */
export function partialSetOf(texts: readonly StoredText[]): PartialSet {
  const known = sets.get(texts);
  if (known !== undefined) return known;
  const set = withOurPartials(partialSources(texts));
  sets.set(texts, set);
  return set;
}

export const partialSources = (texts: readonly StoredText[]): Record<string, PartialSource> =>
  Object.fromEntries(texts.map(({ key, forms }) => [key.slice(PARTIAL.length), { html: forms.html, text: forms.text }]));

function speaking(texts: readonly StoredText[], locale: string): StoredText | undefined {
  for (const language of languagesFor(locale)) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  return undefined;
}
