import { DomainError } from '@sevenfold/domain/errors';
import { catalogue, checkTemplate, isTemplateKey, render, renderMessage, type MessageForms, type PartialSet, type TemplateData } from '@sevenfold/templating';
import type { Tx } from '../db/tx.js';
import type { TemplateAddress } from './get-template.js';
import { previewData } from './preview-data.js';
import { layersFor, partialSetOf, partialTextsFor, storedTexts } from './stored-texts.js';
import { languageTag, templateName, type TemplateName } from './template-name.js';
import { formsOf, type TemplateOrigin, type TemplateView } from './template-view.js';
import type { SavedForms } from './template-version.entity.js';

export interface PreviewInput extends Omit<TemplateAddress, 'campaignId'> {
  campaignId: string;
  creatorId: string;
  /** Forms not saved yet. */
  forms?: SavedForms | undefined;
  /** Where they would be saved: over the workspace's text, over the campaign's, or for one message only (when absent). */
  level?: 'workspace' | 'campaign' | 'message' | undefined;
}

/** What one channel would carry. */
export interface ChannelPreview {
  channel: string;
  label: string;
  form: 'html' | 'text' | 'short';
  subject: string | null;
  body: string;
  /** How many messages the provider makes of it and charges for; null where that means nothing. */
  segments: number | null;
}

/** A text as one creator would read it. Nothing is sent and nothing kept. */
export interface TemplatePreview {
  key: string;
  texts: SavedForms;
  /** Which text each form is from. */
  effective: TemplateView['effective'];
  channels: ChannelPreview[];
  /** Data that only a real message has, made up here. */
  madeUp: string[];
}

/**
 * @throws DomainError `not_found` for an unknown key, campaign or creator; `missing_variables`, `invalid_fields`, `template_limit` for a text
 *   that would be refused
 */
export async function previewTemplate(tx: Tx, input: PreviewInput): Promise<TemplatePreview> {
  const name = templateName(input.key);
  if (name.kind === 'partial') throw new DomainError('invalid_fields', { fields: [{ path: 'key', message: 'Preview a text that includes it' }] });
  const { data, madeUp } = await previewData(tx, name.key, input);
  const locale = input.language === undefined ? String(data.locale ?? 'en') : languageTag(input.language);
  const texts = await storedTexts(tx, [name.key], input.campaignId);
  const partials = partialSetOf(partialTextsFor(texts, locale));
  if (input.forms !== undefined) checkTemplate(name.key, input.forms, partials);
  const { layers, origins } = withEdit(layersFor(texts, name.key, locale), input);
  const rendered = rendering(name, { ...data, ...(input.language === undefined ? {} : { locale }) }, layers, partials);
  return { key: name.key, texts: rendered, effective: formsOf(name, layers, origins), channels: channelsOf(tx, name, rendered), madeUp };
}

/** The edit takes the place of the text at its level, and stands below more specific ones. */
function withEdit(stored: readonly { campaignId: string | null; forms: SavedForms }[], { forms, level = 'message' }: PreviewInput): { layers: SavedForms[]; origins: TemplateOrigin[] } {
  const layers: { origin: TemplateOrigin; forms: SavedForms }[] = stored.map((text) => ({ origin: text.campaignId === null ? 'workspace' : 'campaign', forms: text.forms }));
  if (forms !== undefined) layers.push({ origin: level, forms });
  const kept = layers.filter(({ origin }, at) => forms === undefined || origin !== level || at === layers.length - 1);
  const rank = (origin: TemplateOrigin): number => ['message', 'campaign', 'workspace', 'default'].indexOf(origin);
  kept.sort((one, other) => rank(one.origin) - rank(other.origin));
  return { layers: kept.map((layer) => layer.forms), origins: [...kept.map(({ origin }) => origin), 'default'] };
}

function rendering(name: Exclude<TemplateName, { kind: 'partial' }>, data: TemplateData, layers: readonly MessageForms[], partials: PartialSet): SavedForms {
  if (isTemplateKey(name.key)) return renderMessage(name.key, data, layers, partials);
  const source = layers.find(({ html }) => html !== undefined)?.html ?? catalogue[name.key].defaults.html ?? '';
  return { html: render(source, data, 'html', partials) };
}

function channelsOf(tx: Tx, name: TemplateName, texts: SavedForms): ChannelPreview[] {
  if (name.kind !== 'message') return [];
  return tx.services.plugins.channels
    .filter(({ traits }) => name.key !== 'newsletter' || traits.newsletter)
    .map(({ channel, label, traits, measure }) => {
      const form = traits.bodyTemplate;
      const body = texts[form] ?? texts.text ?? '';
      return { channel, label, form, subject: traits.rich ? (texts.subject ?? null) : null, body, segments: measure?.(body).segments ?? null };
    });
}
