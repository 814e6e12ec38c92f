import { catalogue, type DocumentKey, type PartialSet, type TemplateData } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import { layersFor, partialTextsFor, storedTexts } from './stored-texts.js';
import { tellBroken } from './tell-broken.js';
import { withFallback } from './with-fallback.js';

/**
 * Writes a document by the campaign's own template, the workspace's, or the default, in the reader's language if there is one.
 * @param draw renders a source with its data
 * @throws DomainError as `draw` does for the default
 */
export async function writeDocument<Data extends TemplateData>(
  tx: Tx,
  key: DocumentKey,
  campaignId: string,
  draw: (data: Data, source: string, partials: PartialSet) => string,
): Promise<(data: Data) => Promise<string>> {
  const texts = await storedTexts(tx, [key], campaignId);
  return async (data) => {
    const locale = typeof data.locale === 'string' ? data.locale : 'en';
    const layers = { stored: layersFor(texts, key, locale), partials: partialTextsFor(texts, locale) };
    const { result, broken } = withFallback(layers, ([first], partials) => draw(data, first?.html ?? catalogue[key].defaults.html ?? '', partials));
    for (const one of broken) await tellBroken(tx, one);
    return result;
  };
}
