import { zonesOfCountry } from '../locale/zones-of-country.js';

/** What is known of where somebody lives. */
export interface Whereabouts {
  timeZone: string | null;
  country: string | null;
  /** The workspace's own, when nothing else is known. Never UTC for lack of anything better. */
  workspaceTimeZone: string;
}

/** Where it must be day to disturb somebody: their own zone, else every zone of their country, else the workspace's. */
export function zonesOf({ timeZone, country, workspaceTimeZone }: Whereabouts): string[] {
  if (timeZone !== null) return [timeZone];
  const zones = country === null ? [] : zonesOfCountry(country);
  return zones.length > 0 ? zones : [workspaceTimeZone];
}
