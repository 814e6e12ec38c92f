import { defaults, type TemplateKey } from '../defaults/index.js';
import { agreementSource } from '../documents/agreement-source.js';
import { storyCardSource } from '../documents/story-card-source.js';
import { messageForms, type MessageForm, type MessageForms } from '../messages/layers.js';
import { templateKeys } from '../messages/default-templates.js';
import { samples, type Sample } from './samples.js';

/** Templates of one HTML document each, no messages. */
export const documentKeys = ['agreement-document', 'story-card'] as const;
export type DocumentKey = (typeof documentKeys)[number];

/** Which template. */
export type CatalogueKey = TemplateKey | DocumentKey;
export type TemplateForm = MessageForm;

/** What there is to know of a template before anybody edits it. */
export interface CatalogueEntry {
  readonly key: CatalogueKey;
  readonly kind: 'message' | 'document';
  readonly title: string;
  /** When it is used. */
  readonly about: string;
  readonly forms: readonly TemplateForm[];
  /** The text everybody starts with, in every form it has. */
  readonly defaults: MessageForms;
  readonly sample: Sample;
}

const words: Record<CatalogueKey, readonly [title: string, about: string]> = {
  invite: ['Invite', 'Asks a creator of the network whether they would take part.'],
  'invite-interest-received': ['Interest received', 'Thanks for saying yes to an invite.'],
  'agreement-sent': ['Agreement sent', 'Selected, and here is the agreement to sign.'],
  'agreement-reminder': ['Agreement reminder', 'A day before the agreement expires.'],
  'agreement-withdrawn': ['Agreement withdrawn', 'The agreement was taken back.'],
  congratulations: ['Congratulations', 'The collaboration has started, and this creator is in the group.'],
  bummer: ['Bummer', 'The collaboration has started without this creator.'],
  newsletter: ['Newsletter', 'Once a day: the campaigns published since the last one and still open.'],
  'campaign-cancelled': ['Campaign cancelled', 'Told once to everybody who applied.'],
  'campaign-resumed': ['Campaign goes on', 'After a pause, with the new dates.'],
  'group-message': ['Group message', 'Around what a member typed to a whole group.'],
  'direct-message': ['Direct message', 'Around what a member typed to one creator.'],
  'results-request': ['Results request', 'Which figures only the creator can give.'],
  'results-reminder': ['Results reminder', 'The figures that are still missing.'],
  'agreement-document': ['Agreement', 'The document that is frozen, hashed and signed. Changing it never changes one that was sent.'],
  'story-card': ['Story card', 'The picture of the story when the campaign allows no image.'],
};

const documents: Record<DocumentKey, string> = { 'agreement-document': agreementSource, 'story-card': storyCardSource };

const message = (key: TemplateKey): CatalogueEntry => ({
  key, kind: 'message', title: words[key][0], about: words[key][1], forms: messageForms, defaults: defaults[key], sample: samples[key],
});

const document = (key: DocumentKey): CatalogueEntry => ({
  key, kind: 'document', title: words[key][0], about: words[key][1], forms: ['html'], defaults: { html: documents[key] }, sample: samples[key],
});

/** All keys, messages first, in the order a campaign uses them. */
export const catalogueKeys: readonly CatalogueKey[] = [...templateKeys, ...documentKeys];

/** Every text the product starts with. */
export const catalogue: Readonly<Record<CatalogueKey, CatalogueEntry>> = Object.fromEntries(
  catalogueKeys.map((key) => [key, isTemplateKey(key) ? message(key) : document(key)]),
) as Record<CatalogueKey, CatalogueEntry>;

/** Whether it is a message, not a document. */
export function isTemplateKey(key: CatalogueKey): key is TemplateKey {
  return Object.hasOwn(defaults, key);
}
