/** One way a message could go, in the order of the configuration (app, mail, SMS …). */
export interface ChannelOption {
  channel: string;
  /** May carry a newsletter. */
  newsletter: boolean;
  /** Usable only while the creator is signed in to the app. */
  needsAppSession: boolean;
  hasAddress: boolean;
  consent: boolean;
}

export interface ChannelWish {
  purpose: 'conversation' | 'notice' | 'newsletter';
  hasApp: boolean;
  /** The team's own choice, tried first. */
  preferred?: string | null;
  /** The channel the creator last wrote from; counts in a conversation. */
  lastFrom?: string | null;
}

/**
 * The channels to try, in order (D4): the team's choice, then the one last written from (conversations only), then as
 * configured. Without an address, without consent, without the app where it is needed, or for a newsletter where none
 * may travel, a channel is not among them.
 */
export function chooseChannels(options: readonly ChannelOption[], wish: ChannelWish): string[] {
  const usable = options
    .filter((each) => each.hasAddress && each.consent)
    .filter((each) => !each.needsAppSession || wish.hasApp)
    .filter((each) => wish.purpose !== 'newsletter' || each.newsletter)
    .map(({ channel }) => channel);
  const first = [wish.preferred, wish.purpose === 'conversation' ? wish.lastFrom : null].filter(
    (channel): channel is string => channel != null && usable.includes(channel),
  );
  return [...new Set([...first, ...usable])];
}
