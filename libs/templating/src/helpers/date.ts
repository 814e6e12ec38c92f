import type Handlebars from 'handlebars';
import { frameOf } from '../engine/frame.js';
import { unusable } from './unusable.js';

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

/**
 * `{{date value}}`: an instant (Date or ISO text) in the data's `zone`, which is always shown, or a plain date
 * (`2026-11-21`), which has none. `style="day"` leaves the time of an instant out.
 */
export function date(value: unknown, options: Handlebars.HelperOptions): string {
  if (value === undefined || value === null) return '';
  const frame = frameOf(options);
  const instant = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : unusable('date', 'a date');
  if (Number.isNaN(instant.getTime())) unusable('date', 'a date');
  const isPlain = typeof value === 'string' && PLAIN_DATE.test(value);
  const zone: unknown = options.hash.zone ?? frame.zone;
  if (!isPlain && typeof zone !== 'string') {
    frame.missing.add('zone');
    return '';
  }
  const style = isPlain || options.hash.style === 'day' ? DAY : { ...DAY, ...TIME };
  try {
    return new Intl.DateTimeFormat(frame.locale, { ...style, timeZone: isPlain ? 'UTC' : String(zone) }).format(instant);
  } catch {
    return unusable('date', 'a known locale and time zone');
  }
}
