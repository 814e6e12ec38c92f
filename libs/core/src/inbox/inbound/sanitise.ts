import type { IOptions } from 'sanitize-html';

/** More than anybody writes; parsing more would only keep the worker busy. The source has all of it, and the text its words. */
const mostCharacters = 1_000_000;
const mostTags = 20_000;

const options: IOptions = {
  allowedTags: [
    'a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'center', 'code', 'col', 'colgroup', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'font',
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'li', 'ol', 'p', 'pre', 'q', 's', 'small', 'span', 'strike', 'strong',
    'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul',
  ],
  // No style, class or id: they could cover what is around them. No remote picture: it tells its owner who reads.
  allowedAttributes: { a: ['href', 'title', 'rel', 'target'], img: ['src', 'alt', 'width', 'height'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], '*': ['dir', 'lang'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid'] },
  allowProtocolRelative: false,
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'xmp', 'svg', 'math'],
  nestingLimit: 100,
  transformTags: { a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' } }) },
};

/** HTML of strangers as it may be shown: what runs, loads, covers or submits is taken out, words and shape stay. None of a bomb. */
export async function sanitise(html: string): Promise<string | undefined> {
  if (html.length > mostCharacters || html.split('<', mostTags + 1).length > mostTags) return undefined;
  // Loaded with the first such mail: most processes never need it.
  const { default: sanitizeHtml } = await import('sanitize-html');
  return sanitizeHtml(html, options);
}
