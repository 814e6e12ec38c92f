import type Handlebars from 'handlebars';
import { frameOf, localeOf } from '../engine/frame.js';
import { unusable } from './unusable.js';

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;
const STYLES: readonly unknown[] = [undefined, 'full', 'day', 'short', 'time'];
const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHORT = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

/**
 * `{{date value}}`: an instant (Date or ISO text) in the data's `zone`, which is always shown, or a plain date
 * (`2026-11-21`), which has none. `style="day"` leaves the time of an instant out, `"time"` the day, `"short"` writes both shorter.
 * `zone` and `locale` may be given for one date.
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
  if (!STYLES.includes(options.hash.style)) unusable('date', 'style day, short, time or full');
  const style = styleOf(options.hash.style, isPlain);
  try {
    return formatter(localeOf(options), isPlain ? 'UTC' : String(zone), style).format(instant);
  } catch {
    return unusable('date', 'a known locale and time zone');
  }
}

function styleOf(style: unknown, isPlain: boolean): Intl.DateTimeFormatOptions {
  const day = style === 'short' ? SHORT : DAY;
  if (isPlain || style === 'day') return day;
  return style === 'time' ? TIME : { ...day, ...TIME };
}

const KEPT = 200;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a hundred times as long as using it. */
function formatter(locale: string, timeZone: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, style]);
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...style, timeZone });
  if (formatters.size >= KEPT) formatters.delete(formatters.keys().next().value ?? '');
  formatters.set(key, made);
  return made;
}
