import { formatMoney } from '@sevenfold/domain/money';
import type Handlebars from 'handlebars';
import { localeOf } from '../engine/frame.js';
import { unusable } from './unusable.js';

/** `{{money fee}}` with `{minor, currency}`, or `{{money feeMinor currency}}`: minor units written out by the locale. */
export function money(...args: unknown[]): string {
  const options = args.pop() as Handlebars.HelperOptions;
  const [first, second] = args;
  if (first === undefined || first === null || second === null || (args.length > 1 && second === undefined)) return '';
  const { minor, currency } = typeof first === 'object' ? { minor: undefined, currency: undefined, ...first } : { minor: first, currency: second };
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor) || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    return unusable('money', 'minor units and a currency');
  }
  try {
    return formatMoney({ minor, currency }, localeOf(options));
  } catch {
    return unusable('money', 'a known currency and locale');
  }
}
