import type { TemplateKey } from '../defaults/index.js';

/** What a short form made of an edited text must still say, with the link or without. */
const SAYS: { readonly [Key in TemplateKey]?: (link: string | undefined) => string } = {
  // By SMS the answer to an invite is YES.
  invite: (link) => (link === undefined ? 'Interested? Reply YES.' : `Interested? Reply YES or see ${link}`),
};

/**
 * The short form of a message whose text was edited.
 * @param link the link, when the text has lost it
 */
export function shortOf(key: TemplateKey, body: string, link: string | undefined): string {
  const more = SAYS[key]?.(link) ?? link;
  return more === undefined ? body : `${body}\n\n${more}`;
}
