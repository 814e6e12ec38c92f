import type { NormalisedAddress } from '@sevenfold/plugin-sdk';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min';

/** Whether numbers of this country (ISO code, upper case) are known. */
export const isCountry = (code: string): code is CountryCode => Object.hasOwn(metadata.countries, code);

/**
 * Any way of writing a number → E.164. Whether a number of that length may exist is checked, whether it is in use is not:
 * numbering plans change faster than libraries.
 */
export function normaliseNumber(address: string, defaultCountry?: string): NormalisedAddress {
  const country = defaultCountry !== undefined && isCountry(defaultCountry) ? defaultCountry : undefined;
  const parsed = parsePhoneNumberFromString(address.trim(), { defaultCountry: country, extract: false }, metadata);
  return parsed?.isPossible() === true ? { ok: true, address: parsed.number } : { ok: false, reason: 'not a phone number with country code' };
}
