import type { ChannelPlugin } from '../../channel/channel-plugin.js';
import type { InboundEvent, InboundRequest, InboundStatus } from '../../channel/inbound.js';
import type { Attempt, Incoming, Webhooks } from '../harness.js';
import { eventsOf, signed } from './deliver.js';
import { webhooksOf } from './requires.js';
import { onStage, type Stage } from './stage.js';
import type { Subject } from './subject.js';
import { applicable, expect, shown } from './verdict.js';

/** The one instant of these checks, in whole seconds, so that two plugins asked at different moments must say the same. */
export const NOW = new Date(Math.floor(Date.now() / 1_000) * 1_000);

/** A stage whose plugin hears: its webhooks, and who is who. */
export interface Hearing {
  readonly stage: Stage;
  readonly plugin: ChannelPlugin;
  readonly webhooks: Webhooks;
  readonly creator: string;
  request(unsigned: Parameters<typeof signed>[2], forged?: boolean): InboundRequest;
  incoming(over?: Partial<Incoming>): Incoming;
  /** The request of a message, when the provider has messages. */
  message(over?: Partial<Incoming>): InboundRequest;
  /** A message of ours that the provider took. */
  sent(): Promise<Attempt>;
  report(attempt: Attempt, status: InboundStatus['status']): InboundRequest;
}

let count = 0;

/** Plays on a stage whose plugin hears; not applicable to one that does not. */
export function hearing(subject: Subject, play: (hearing: Hearing) => Promise<void>): Promise<void> {
  return onStage(subject, { now: NOW }, async (stage) => {
    const webhooks = webhooksOf(stage);
    const { plugin } = stage;
    const creator = stage.message().to;
    const request: Hearing['request'] = (unsigned, forged) => signed(webhooks, plugin.channel, unsigned, forged);
    const incoming: Hearing['incoming'] = (over) => ({ id: `kit${(count += 1)}`, from: creator, to: plugin.sender, text: 'I would love to', at: NOW, ...over });
    await play({
      stage, plugin, webhooks, creator, request, incoming,
      message: (over) => {
        applicable(webhooks.message !== undefined, 'the provider hands over no messages (`webhooks.message`)');
        return request(webhooks.message(incoming(over)));
      },
      sent: async () => {
        const outcome = await stage.send();
        const attempt = stage.desk.attempts.at(-1);
        expect(attempt !== undefined, `the provider has seen no message to report on: ${shown(outcome)}`);
        return attempt;
      },
      report: (attempt, status) => {
        applicable(webhooks.status !== undefined && (webhooks.statuses ?? []).length > 0, 'the provider makes no reports (`webhooks.status`, `webhooks.statuses`)');
        return request(webhooks.status({ attempt, status, at: NOW }));
      },
    });
  });
}

/** The statuses this provider reports. */
export const statusesOf = ({ webhooks }: Hearing): readonly InboundStatus['status'][] => {
  applicable(webhooks.status !== undefined && (webhooks.statuses ?? []).length > 0, 'the provider makes no reports (`webhooks.status`, `webhooks.statuses`)');
  return webhooks.statuses ?? [];
};

/** The one event of a request. */
export async function oneEvent(plugin: ChannelPlugin, request: InboundRequest, what: string): Promise<InboundEvent> {
  const events = await eventsOf(plugin, request);
  const [event] = events;
  expect(event !== undefined && events.length === 1, `${what} became ${events.length} events: ${shown(events.map(({ kind }) => kind))}`);
  return event;
}
