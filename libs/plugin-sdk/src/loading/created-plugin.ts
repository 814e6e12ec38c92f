import type { ChannelPlugin } from '../channel/channel-plugin.js';
import type { SocialPlugin } from '../social/social-plugin.js';

/** A plugin made, and where it came from. */
export type CreatedPlugin =
  | { readonly package: string; readonly kind: 'channel'; readonly plugin: ChannelPlugin }
  | { readonly package: string; readonly kind: 'social'; readonly plugin: SocialPlugin };
