/** Elements no mail and no document needs, and which could run, load or send something. */
const FORBIDDEN_ELEMENTS: ReadonlySet<string> = new Set([
  'script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'form', 'link', 'svg', 'math', 'template', 'noscript', 'xmp', 'plaintext', 'noembed', 'noframes', 'portal',
]);

/** Attributes that hold an address. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'href', 'src', 'srcset', 'action', 'formaction', 'background', 'poster', 'cite', 'data', 'xlink:href', 'ping', 'longdesc', 'manifest', 'codebase',
]);

/** What an address may begin with, so that nothing behind it makes another kind of it. */
const SAFE_BEGINNING = /^(?:https?:\/\/|mailto:|tel:|cid:|data:image\/(?:png|jpeg|gif|webp)[;,]|#|\?|\/(?!\/)|[\w.-]+\/)/i;
const FILE_NAME = /^[\w.-]*$/;

/** @returns why this element may not be there, or undefined when it may */
export const aboutElement = (name: string): string | undefined => (FORBIDDEN_ELEMENTS.has(name) ? `<${name}> is not allowed` : undefined);

/** @returns why this attribute may not be there, or undefined when it may */
export function aboutAttribute(element: string, name: string, value: string, mixed: boolean): string | undefined {
  if (name.startsWith('on')) return `${name}= is not allowed: nothing in here runs`;
  if (name === 'srcdoc' || name === 'http-equiv') return `${name}= is not allowed`;
  if (ADDRESSES.has(name) && !mixed && !SAFE_BEGINNING.test(value.trim()) && !FILE_NAME.test(value.trim())) return unsafe(name);
  if (element === 'meta' && name === 'content' && /url\s*=/i.test(value)) return 'a document may not lead elsewhere by itself';
  return undefined;
}

/**
 * @param value what the attribute's value began with before the data
 * @returns why data may not stand in this attribute, or undefined when it may
 */
export function aboutData(attribute: string, value: string, helper: string, mixed: boolean): string | undefined {
  if (attribute === 'style') return 'data cannot stand in style=';
  if (!ADDRESSES.has(attribute) || mixed) return undefined;
  if (attribute === 'srcset') return 'data cannot stand in srcset=';
  if (value.trim() === '') return helper === 'url' ? undefined : `write ${attribute}="{{url …}}", so that it can only be an address`;
  return SAFE_BEGINNING.test(value.trim()) ? undefined : unsafe(attribute);
}

/** @returns why an address may not begin so where a block ends within it, or undefined when it may */
export const aboutBeginning = (attribute: string, value: string): string | undefined =>
  ADDRESSES.has(attribute) && value.trim() !== '' && !SAFE_BEGINNING.test(value.trim()) ? unsafe(attribute) : undefined;

const unsafe = (attribute: string): string => `${attribute}= needs an address that begins with https://, mailto: or tel:`;
