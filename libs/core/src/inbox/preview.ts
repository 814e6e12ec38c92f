import { withoutLinks } from './personal-links/index.js';

/** The line of a message shown in the inbox: its beginning, on one line, at most 140 characters. */
export function preview(text: string): string {
  const line = withoutLinks(text).replace(/\s+/g, ' ').trim();
  return line.length <= 140 ? line : `${line.slice(0, 139).replace(halfAtTheEnd, '')}…`;
}

/** The first half of a character whose second was cut off: an emoji, say. */
const halfAtTheEnd = /[\uD800-\uDBFF]$/;
