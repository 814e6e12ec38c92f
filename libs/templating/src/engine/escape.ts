import Handlebars from 'handlebars';
import type { Target } from './target.js';

const SLACK: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

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
    case 'text':
      return text;
  }
}
