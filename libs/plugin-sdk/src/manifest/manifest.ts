import type { ZodType } from 'zod';
import type { ChannelPlugin } from '../channel/channel-plugin.js';
import type { PluginHost } from '../host.js';
import type { SocialPlugin } from '../social/social-plugin.js';

/** What a plugin declares to be able to do; shown to operators. */
export type ChannelCapability = 'send' | 'receive' | 'status';

/** What a platform plugin declares to be able to do; shown to operators. */
export type SocialCapability = 'story' | 'figures' | 'profiles';

interface ManifestBase<Config> {
  /** Unique among the loaded plugins ('channel-email'). */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** The range of SDK versions it works with ('^1.0.0'). */
  readonly sdk: string;
  /** Reads its own variables from an env-like record (an object schema; unknown keys are ignored). */
  readonly config: ZodType<Config>;
}

/** A package that reaches creators. */
export interface ChannelManifest<Config = unknown> extends ManifestBase<Config> {
  readonly kind: 'channel';
  readonly capabilities: readonly ChannelCapability[];
  create(config: Config, host: PluginHost): ChannelPlugin | Promise<ChannelPlugin>;
}

/** A package that knows a platform. */
export interface SocialManifest<Config = unknown> extends ManifestBase<Config> {
  readonly kind: 'social';
  readonly capabilities: readonly SocialCapability[];
  create(config: Config, host: PluginHost): SocialPlugin | Promise<SocialPlugin>;
}

/** What a plugin package exports by default. */
export type PluginManifest = ChannelManifest | SocialManifest;
