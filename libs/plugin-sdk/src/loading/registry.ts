import type { ChannelPlugin } from '../channel/channel-plugin.js';
import type { PluginHealth } from '../health.js';
import type { SocialPlugin } from '../social/social-plugin.js';

/** The plugins of one process. */
export interface PluginRegistry {
  /** In configured order, which is the order automatic messages try them. */
  readonly channels: readonly ChannelPlugin[];
  readonly socials: readonly SocialPlugin[];
  channel(id: string): ChannelPlugin | undefined;
  social(platform: string): SocialPlugin | undefined;
  /** Health of every plugin, by channel id or platform. */
  health(): Promise<Record<string, PluginHealth>>;
  close(): Promise<void>;
}

/** Wraps plugins already made: for the loader, and for tests that bring their own. */
export function createRegistry(
  channels: readonly ChannelPlugin[],
  socials: readonly SocialPlugin[] = [],
): PluginRegistry {
  const byChannel = new Map(channels.map((plugin) => [plugin.channel, plugin]));
  const byPlatform = new Map(socials.map((plugin) => [plugin.platform, plugin]));
  return {
    channels,
    socials,
    channel: (id) => byChannel.get(id),
    social: (platform) => byPlatform.get(platform),
    health: async () => Object.fromEntries(await Promise.all(
      [...byChannel, ...byPlatform].map(async ([id, plugin]) => [id, await plugin.health()] as const),
    )),
    close: async () => {
      await Promise.all([...channels, ...socials].map((plugin) => plugin.close()));
    },
  };
}
