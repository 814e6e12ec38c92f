import type { ChannelManifest, SocialManifest } from './manifest.js';

/**
 * Types a manifest; a plugin package default-exports the result:
 * `export default definePlugin({ kind: 'channel', id: 'channel-x', name: 'X', sdk: '^1.0.0', config, capabilities, create })`.
 */
export function definePlugin<Config>(manifest: ChannelManifest<Config>): ChannelManifest<Config>;
export function definePlugin<Config>(manifest: SocialManifest<Config>): SocialManifest<Config>;
export function definePlugin<Config>(
  manifest: ChannelManifest<Config> | SocialManifest<Config>,
): ChannelManifest<Config> | SocialManifest<Config> {
  return Object.freeze(manifest);
}
