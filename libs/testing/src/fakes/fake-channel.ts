import {
  accepted,
  type ChannelPlugin,
  type ChannelTraits,
  type OutboundMessage,
  type SendContext,
  type SendOutcome,
} from '@sevenfold/plugin-sdk';

export interface FakeChannelOptions {
  channel: string;
  traits?: Partial<ChannelTraits>;
  sender?: string;
  /** What becomes of an attempt; accepted unless told. May throw, wait, or depend on the message. */
  answer?: (message: OutboundMessage, context: SendContext, attempt: number) => SendOutcome | Promise<SendOutcome>;
  receive?: ChannelPlugin['receive'];
}

export interface FakeChannel extends ChannelPlugin {
  /** Every attempt, in the order they came in. */
  readonly attempts: OutboundMessage[];
  /** What the recipients have: attempts that were accepted, or left and then broke off. */
  readonly arrived: OutboundMessage[];
  /** The most attempts that were under way at once. */
  readonly busiest: number;
  answer: NonNullable<FakeChannelOptions['answer']>;
}

const traits: ChannelTraits = {
  newsletter: true,
  rich: false,
  repeatCostsMoney: false,
  connections: 5,
  bodyTemplate: 'text',
  needsAppSession: false,
};

/** A channel in memory that answers as the test says and remembers what it was asked. */
export function fakeChannel(options: FakeChannelOptions): FakeChannel {
  const attempts: OutboundMessage[] = [];
  const arrived: OutboundMessage[] = [];
  let underWay = 0;
  let busiest = 0;
  return {
    channel: options.channel,
    label: options.channel,
    sender: options.sender ?? `${options.channel}-sender`,
    traits: { ...traits, ...options.traits },
    attempts,
    arrived,
    get busiest() {
      return busiest;
    },
    answer: options.answer ?? ((message) => accepted(`provider-${message.id}`)),
    normalise: (address) => {
      const trimmed = address.trim().toLowerCase();
      return trimmed === '' ? { ok: false, reason: 'empty' } : { ok: true, address: trimmed };
    },
    async send(message, context) {
      attempts.push(message);
      underWay += 1;
      busiest = Math.max(busiest, underWay);
      try {
        const outcome = await this.answer(message, context, attempts.filter((each) => each.id === message.id).length);
        if (outcome.outcome === 'accepted' || outcome.outcome === 'unknown') arrived.push(message);
        return outcome;
      } finally {
        underWay -= 1;
      }
    },
    ...(options.receive && { receive: options.receive }),
    health: async () => ({ ok: true }),
    close: async () => {},
  };
}
