import { chooseChannels } from '@sevenfold/domain/delivery';
import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import { newsletterSender } from '../consent/record-consent.js';
import type { Reach } from './reach.js';

/** A channel to try and the address there. */
export interface PlannedChannel {
  channel: string;
  address: string;
}

/** Why nobody can be reached: nothing to reach them by, or nothing they allow. */
export type Unreachable = 'no_address' | 'opted_out';

export type ChannelPlan = { channels: PlannedChannel[] } | { unreachable: Unreachable };

/** The channels to try for one message, first to last, each with the first address its holder has not forbidden. */
export function planChannels(plugins: readonly ChannelPlugin[], reach: Reach): ChannelPlan {
  if (reach.purpose === 'newsletter' && !reach.newsletterOptIn) return { unreachable: 'opted_out' };
  if (reach.bulk && plugins.some((plugin) => endedNewsletters(plugin, reach))) return { unreachable: 'opted_out' };
  const options = plugins.map((plugin) => {
    const all = addressesOn(plugin, reach);
    const senders = reach.purpose === 'newsletter' ? [plugin.sender, newsletterSender(plugin.sender)] : [plugin.sender];
    return { plugin, all, allowed: all.find((each) => !senders.some((sender) => each.optedOutOf.includes(sender))) };
  });
  const chosen = chooseChannels(
    options.map(({ plugin, all, allowed }) => ({
      channel: plugin.channel,
      newsletter: plugin.traits.newsletter,
      needsAppSession: plugin.traits.needsAppSession,
      hasAddress: all.length > 0,
      consent: allowed !== undefined,
    })),
    {
      purpose: reach.purpose,
      hasApp: reach.hasApp,
      preferred: reach.preferredChannel,
      // Only a reply follows the creator; what the product writes starts at the top of the order.
      lastFrom: reach.automatic ? null : reach.lastInboundChannel,
    },
  );
  const channels = chosen.flatMap((channel) => {
    const address = options.find((each) => each.plugin.channel === channel)?.allowed?.address;
    return address === undefined ? [] : [{ channel, address }];
  });
  if (channels.length > 0) return { channels };
  const forbidden = options.some(({ all, allowed }) => all.length > 0 && allowed === undefined);
  return { unreachable: forbidden ? 'opted_out' : 'no_address' };
}

/** Who has had enough of newsletters wants no other message to many either, and least of all by SMS instead. */
const endedNewsletters = (plugin: ChannelPlugin, reach: Reach): boolean =>
  addressesOn(plugin, reach).some(({ optedOutOf }) => optedOutOf.includes(newsletterSender(plugin.sender)));

/** The app's mailbox is the creator's own thread, so its address is their id and nobody needs to type it. */
function addressesOn({ channel, traits }: ChannelPlugin, reach: Reach): { address: string; optedOutOf: string[] }[] {
  if (traits.needsAppSession) return [{ address: reach.creatorId, optedOutOf: [] }];
  return reach.addresses.filter((each) => each.channel === channel);
}
