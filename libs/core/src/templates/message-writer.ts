import { defaultTemplates, effectiveForms, renderMessage, type MessageForms, type RenderedMessage, type TemplateData, type TemplateKey } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import { layersFor, partialTextsFor, storedTexts, type StoredText } from './stored-texts.js';
import { tellBroken } from './tell-broken.js';
import { withFallback, type BrokenText, type Layers } from './with-fallback.js';

/**
 * Writes messages of one kind: what is said for the single message before the campaign's text, that before the workspace's, that
 * before the default, each in the reader's language if there is one.
 *
 * `tell` once after the last message: it tells the team of texts that have broken, in whose place the default went out.
 */
export class MessageWriter {
  private readonly broken = new Map<string, BrokenText>();
  private readonly byLocale = new Map<string, Omit<Layers, 'edited'>>();

  private constructor(
    private readonly key: TemplateKey,
    private readonly texts: readonly StoredText[],
  ) {}

  /** Reads what the workspace says, once for any number of messages. */
  static async of(tx: Tx, key: TemplateKey, about: { campaignId?: string | null } = {}): Promise<MessageWriter> {
    return new MessageWriter(key, await storedTexts(tx, [key], about.campaignId ?? null));
  }

  /**
   * @param data `locale` is the reader's
   * @param edited words for this message alone
   * @throws DomainError `missing_variables`, `invalid_fields`, `template_limit` when these words, or the data, are at fault
   */
  write(data: TemplateData, edited?: MessageForms): RenderedMessage {
    const locale = typeof data.locale === 'string' ? data.locale : 'en';
    const { result, broken } = withFallback({ ...this.layers(locale), edited }, (forms, partials) => renderMessage(this.key, data, forms, partials));
    for (const one of broken) this.broken.set(one.text.versionId, one);
    return result;
  }

  /** The text a reader of this language would get, to be edited. */
  source(locale: string): string {
    const { text } = effectiveForms([...layersFor(this.texts, this.key, locale).map(({ forms }) => forms), defaultTemplates[this.key]]);
    return text.source ?? '';
  }

  private layers(locale: string): Omit<Layers, 'edited'> {
    const known = this.byLocale.get(locale);
    if (known) return known;
    const layers = { stored: layersFor(this.texts, this.key, locale), partials: partialTextsFor(this.texts, locale) };
    this.byLocale.set(locale, layers);
    return layers;
  }

  async tell(tx: Tx): Promise<void> {
    for (const one of this.broken.values()) await tellBroken(tx, one);
    this.broken.clear();
  }
}

/** One message by itself. @throws as {@link MessageWriter.write} */
export async function writeMessage(
  tx: Tx,
  key: TemplateKey,
  data: TemplateData,
  { campaignId, edited }: { campaignId?: string | null; edited?: MessageForms } = {},
): Promise<RenderedMessage> {
  const writer = await MessageWriter.of(tx, key, { campaignId: campaignId ?? null });
  const message = writer.write(data, edited);
  await writer.tell(tx);
  return message;
}
