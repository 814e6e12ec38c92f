import type { Api } from '../http/api.ts';
import { firstName, oddities, wantNewsletter, type Reach } from './names.ts';

/** Somebody of the cast: a creator of the workspace, and the API as they see it through their personal link. */
export interface CastMember {
  id: string;
  name: string;
  /** What the story calls them. */
  first: string;
  reach: Reach;
  /** E.164, for those with SMS. */
  phone: string | null;
  api: Api;
}

/** What a creator is registered with. `run` keeps the addresses of two runs apart. */
export function creatorInput(name: string, reach: Reach, index: number, run: string) {
  const first = firstName(name);
  const odd = oddities[first] ?? {};
  const birthDate = odd.birthDate === undefined ? `19${85 + index}-0${(index % 9) + 1}-14` : odd.birthDate;
  return {
    name,
    country: odd.country ?? 'NL',
    languages: ['nl', 'en'],
    timeZone: 'Europe/Amsterdam',
    locale: 'en',
    ...(birthDate !== null && { birthDate }),
    newsletterOptIn: wantNewsletter.includes(first),
    hasApp: reach === 'app',
    contactPoints: contactPoints(first, reach, index, run),
    profiles: [{ platform: 'instagram', profile: handle(name), followers: odd.followers ?? 12_000 + index * 3_150 }],
  };
}

/** Who has the app may well have an e-mail address too; the app comes first. */
function contactPoints(first: string, reach: Reach, index: number, run: string) {
  if (reach === 'SMS') return [{ channel: 'sms', address: phoneOf(index, run) }];
  return [{ channel: 'email', address: `${handle(first)}.${run}@creators.example` }];
}

/** Numbers that are set apart for films and belong to nobody, in case the product is connected to a real network. */
export function phoneOf(index: number, run: string): string {
  const block = String(Number.parseInt(run, 36) % 100).padStart(2, '0');
  return `+447700900${block}${index}`;
}

export function handle(name: string): string {
  return name.normalize('NFD').replace(/[^a-z ]/gi, '').trim().replace(/ +/g, '.').toLowerCase();
}
