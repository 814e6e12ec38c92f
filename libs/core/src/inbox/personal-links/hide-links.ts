/** What stands where a personal link was; a second one in the same message is told apart by its number. */
const stand = (index: number): string => (index === 0 ? '[personal link]' : `[personal link ${index + 1}]`);

/**
 * The address of a creator's page, or its key alone: `/a/`, `/c/`, `/i/` with the token of a link, `/u/` with the proof that
 * ends the newsletter. Told by the shape of the key, so that it is found whatever address the product has or had.
 */
const link = /(?:https?:\/\/[^\s"'<>]{1,200}?\/[aciu]\/)?(?:sfl_[0-9a-f]{32}_[\w-]{43}|(?<=\/u\/)[0-9a-f]{32}_[0-9a-f]{40})/g;

/** Texts without the keys in them, and what has to be put back for the creator. */
export interface Hidden<T> {
  texts: T;
  /** In the order of their places; empty when nothing was hidden. */
  links: string[];
}

/**
 * Takes personal links out of texts: whoever holds one acts as the creator, and signs. The same link in several forms of
 * a message keeps one place.
 */
export function hideLinks<T extends Readonly<Record<string, string | null | undefined>>>(texts: T): Hidden<T> {
  const links: string[] = [];
  const placeOf = (found: string): string => {
    if (!links.includes(found)) links.push(found);
    return stand(links.indexOf(found));
  };
  const hidden = Object.entries(texts).map(([form, text]) => [form, typeof text === 'string' ? text.replace(link, placeOf) : text] as const);
  return { texts: { ...texts, ...Object.fromEntries(hidden) }, links };
}

/** Text as the team may read it, whatever was kept. */
export function withoutLinks(text: string): string {
  return hideLinks({ text }).texts.text;
}

/** Puts the links back in their places, for the creator alone. */
export function showLinks(text: string, links: readonly string[]): string {
  return links.reduce((shown, each, index) => shown.replaceAll(stand(index), () => each), text);
}
