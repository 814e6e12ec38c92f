import { catalogue, declaredVariables, effectiveForms, partials, type MessageForms, type TemplateForm } from '@sevenfold/templating';
import type { Json } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { layersFor, storedTexts } from './stored-texts.js';
import { isOurPartial, type TemplateName } from './template-name.js';
import type { SavedForms } from './template-version.entity.js';

/** Which text is meant: of all campaigns or of one, in one language. */
export interface TemplateLevel {
  campaignId: string | null;
  language: string;
}

export type TemplateOrigin = 'message' | 'campaign' | 'workspace' | 'default';

/** What one form is rendered from; without a source it is made of the text. */
export interface FormView {
  source: string | null;
  from: TemplateOrigin;
}

/** One text with everything an editor needs. Instants are UTC, ISO 8601. */
export interface TemplateView extends TemplateLevel {
  key: string;
  kind: TemplateName['kind'];
  title: string;
  about: string;
  /** Counts every save at this level; 0 when nothing was ever saved here. Send it back as `expectedVersion`. */
  version: number;
  updatedAt: string | null;
  /** What is saved at this level, or null where the next one speaks. */
  own: SavedForms | null;
  /** What each form says in the end. */
  effective: Partial<Record<TemplateForm, FormView>>;
  defaults: SavedForms;
  variables: { name: string; always: boolean }[];
  /** Why the version in force could not be used; the default went out in its place. */
  problem: Record<string, Json> | null;
}

/** @returns the text as an editor sees it at one level */
export async function viewTemplate(tx: Tx, name: TemplateName, { campaignId, language }: TemplateLevel): Promise<TemplateView> {
  const texts = await storedTexts(tx, [name.key], campaignId);
  const [row] = await tx.em.execute<{ version: number; updatedAt: string; problem: Record<string, Json> | null }[]>(
    'select version, updated_at as "updatedAt", problem from template where key = ? and language = ? and campaign_id is not distinct from ?',
    [name.key, language, campaignId],
  );
  const own = texts.find((text) => text.key === name.key && text.language === language && text.campaignId === campaignId);
  return {
    ...describe(name),
    campaignId, language,
    version: row?.version ?? 0,
    updatedAt: row ? iso(row.updatedAt) : null,
    own: own?.forms ?? null,
    effective: effective(name, layersFor(texts, name.key, language)),
    problem: row?.problem ?? null,
  };
}

/** What there is to say of a template whoever's it is. */
export function describe(name: TemplateName): Pick<TemplateView, 'key' | 'kind' | 'title' | 'about' | 'defaults' | 'variables'> {
  if (name.kind !== 'partial') {
    const { key, kind, title, about, defaults } = catalogue[name.key];
    return { key, kind, title, about, defaults: present(defaults), variables: declaredVariables(name.key).map((variable) => ({ ...variable })) };
  }
  const ours = isOurPartial(name.name) ? partials[name.name] : undefined;
  return {
    key: name.key, kind: 'partial', title: name.name, defaults: present({ html: ours?.html, text: ours?.text }), variables: [],
    about: ours ? `A piece every text may include: {{> ${name.name}}}. Yours stands in its place.` : `A piece of yours: {{> ${name.name}}}.`,
  };
}

function effective(name: TemplateName, layers: readonly { campaignId: string | null; forms: SavedForms }[]): TemplateView['effective'] {
  const origins: TemplateOrigin[] = [...layers.map(({ campaignId }) => (campaignId === null ? 'workspace' as const : 'campaign' as const)), 'default'];
  return formsOf(name, layers.map(({ forms }) => forms), origins);
}

/** @param origins of the layers, and of the default behind them */
export function formsOf(name: TemplateName, layers: readonly MessageForms[], origins: readonly TemplateOrigin[]): TemplateView['effective'] {
  const { defaults } = describe(name);
  const all = [...layers, defaults];
  if (name.kind === 'message') {
    const chosen = effectiveForms(all);
    return Object.fromEntries(Object.entries(chosen).map(([form, { layer, source }]) => [form, { source: source ?? null, from: origins[layer] ?? 'default' }]));
  }
  const forms: readonly TemplateForm[] = name.kind === 'document' ? ['html'] : ['html', 'text'];
  return Object.fromEntries(forms.flatMap((form) => {
    const layer = all.findIndex((each) => each[form] !== undefined);
    return layer < 0 ? [] : [[form, { source: all[layer]?.[form] ?? null, from: origins[layer] ?? 'default' }]];
  }));
}

const present = (forms: MessageForms): SavedForms =>
  Object.fromEntries(Object.entries(forms).filter((entry): entry is [string, string] => entry[1] !== undefined));
