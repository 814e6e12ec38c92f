/**
 * The IANA zones of a country (ISO 3166-1 alpha-2); empty for one the runtime does not know. A wide country has several, and nobody can
 * tell from it alone which one somebody lives in.
 */
export function zonesOfCountry(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  try {
    return timeZones(new Intl.Locale('und', { region: country }));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** A method in new runtimes, a property in those before. */
function timeZones(locale: Intl.Locale): string[] {
  if ('getTimeZones' in locale && typeof locale.getTimeZones === 'function') {
    const zones: unknown = locale.getTimeZones();
    return Array.isArray(zones) ? zones.map(String) : [];
  }
  return 'timeZones' in locale && Array.isArray(locale.timeZones) ? locale.timeZones.map(String) : [];
}
