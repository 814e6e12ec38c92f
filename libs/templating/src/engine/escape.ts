import Handlebars from 'handlebars';
import type { Target } from './target.js';

const SLACK: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What must not be in a header, and what makes one line into two. */
// oxlint-disable-next-line no-control-regex
const NOT_IN_A_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g;

/** Escapes one value for its target. A SafeString was escaped by the helper that made it. */
export function escapeFor(value: unknown, target: Target): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Handlebars.SafeString) return value.toHTML();
  const text = String(value);
  switch (target) {
    case 'html':
      return Handlebars.escapeExpression(text);
    case 'slack':
      // These three are all Slack asks for; it takes mentions and links only in angle brackets.
      return text.replace(/[&<>]/g, (sign) => SLACK[sign] ?? sign);
    case 'subject':
      return oneLine(text);
    case 'text':
      return text;
  }
}

/** Written on one line, fit for a header. */
export const oneLine = (text: string): string => text.replace(NOT_IN_A_LINE, ' ');
