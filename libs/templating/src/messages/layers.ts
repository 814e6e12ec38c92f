import type { MessageTemplate } from '../defaults/message-template.js';

/** Texts of one message, or of part of its forms. */
export type MessageForms = { readonly [Form in keyof MessageTemplate]?: MessageTemplate[Form] | undefined };

/** The forms of a message, in the order they are rendered. */
export const messageForms = ['subject', 'text', 'html', 'short'] as const;
export type MessageForm = (typeof messageForms)[number];

/** The text of a form and the layer it is from; without a source it is made of the layer's `text`. */
export interface EffectiveForm {
  readonly layer: number;
  readonly source: string | undefined;
}

/**
 * Chooses what each form is rendered from.
 *
 * @param layers most specific first, the last with all forms (the default). A `text` stands for `html` and `short` as well unless its own
 *   layer or a more specific one has them, so that nobody reads the old words by mail or SMS.
 */
export function effectiveForms(layers: readonly MessageForms[]): Record<MessageForm, EffectiveForm> {
  const find = (form: MessageForm): number => layers.findIndex((layer) => layer[form] !== undefined);
  const said = find('text');
  const choose = (form: MessageForm): EffectiveForm => {
    const layer = find(form);
    return form === 'subject' || layer <= said ? { layer, source: layers[layer]?.[form] } : { layer: said, source: undefined };
  };
  return { subject: choose('subject'), text: choose('text'), html: choose('html'), short: choose('short') };
}
