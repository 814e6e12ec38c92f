import type { SocialPlugin } from '@sevenfold/plugin-sdk';

/** A platform in memory: `https://{platform}.test/{username}` or a username; it has no stories and no figures. */
export function fakeSocial(platform: string): SocialPlugin {
  return {
    platform,
    label: platform,
    figures: [],
    normaliseProfile: (text) => {
      const match = new RegExp(`^(?:https://${platform}\\.test/|@)?([a-z0-9._]{2,30})/?$`, 'i').exec(text.trim());
      if (!match?.[1]) return { ok: false, reason: `not a profile of ${platform}` };
      const username = match[1].toLowerCase();
      return { ok: true, platform, username, url: `https://${platform}.test/${username}` };
    },
    fetchPostFigures: async () => ({ figures: {}, missing: {}, fetchedAt: new Date(0) }),
    health: async () => ({ ok: true }),
    close: async () => {},
  };
}
