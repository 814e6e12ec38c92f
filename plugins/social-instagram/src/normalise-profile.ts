import type { NormalisedProfile } from '@sevenfold/plugin-sdk';

// First path segments that are pages of Instagram itself, not people.
const NOT_PEOPLE = new Set(['p', 'reel', 'reels', 'tv', 'stories', 'explore', 'accounts', 'direct', 'about', 'developer', 'legal']);
const USERNAME = /^(?!.*\.\.)[a-z0-9_](?:[a-z0-9._]{0,28}[a-z0-9_])?$/;

const refused: NormalisedProfile = { ok: false, reason: 'not an Instagram profile' };

/** A profile URL, `@name` or bare name → the name in lower case and the one URL. */
export function normaliseProfile(urlOrUsername: string): NormalisedProfile {
  const text = urlOrUsername.trim();
  const username = (/[/:]/.test(text) ? nameInUrl(text) : text.replace(/^@/, ''))?.toLowerCase();
  if (username === undefined || !USERNAME.test(username) || NOT_PEOPLE.has(username)) return refused;
  return { ok: true, platform: 'instagram', username, url: `https://www.instagram.com/${username}/` };
}

function nameInUrl(text: string): string | undefined {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (url === null || !/^(www\.|m\.)?(instagram\.com|instagr\.am)$/.test(url.hostname)) return undefined;
  return url.pathname.split('/').filter((segment) => segment !== '')[0]?.replace(/^@/, '');
}
