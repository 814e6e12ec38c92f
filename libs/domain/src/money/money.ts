/** An amount in minor units of an ISO 4217 currency: 12.50 EUR is 1250, 1250 JPY is 1250. */
export interface Money {
  minor: number;
  currency: string;
}

/** How many digits the currency's minor unit has. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** For people, by their locale. */
export function formatMoney({ minor, currency }: Money, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 10 ** minorDigits(currency));
}

/** @throws RangeError when the currencies differ: nothing here converts */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`Cannot add ${a.currency} and ${b.currency}`);
  return { minor: a.minor + b.minor, currency: a.currency };
}
