const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const pairs = letters.flatMap((one) => letters.map((other) => one + other));
/** Regions that are no countries. */
const noCountry = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

function namesOf(type: 'region' | 'language', codes: readonly string[]): [string, string][] {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  const found = codes.flatMap((code): [string, string][] => {
    const name = names.of(code);
    return name === undefined ? [] : [[code, name]];
  });
  return found.sort(([, one], [, other]) => one.localeCompare(other, 'en'));
}

/** ISO 3166-1 codes with their English names. */
export const countries = namesOf('region', pairs.filter((code) => !noCountry.has(code)));

/** ISO 639-1 codes with their English names. */
export const languages = namesOf('language', pairs.map((code) => code.toLowerCase()));
