import type { InboundEvent } from '../../channel/inbound.js';
import type { Receiver, ReceiverContext, ReceiverCursor } from '../../channel/receiver.js';
import type { FakeProvider, Incoming } from '../harness.js';
import { NOW } from './hearing.js';
import { onStage, PATIENCE_MS, type Stage } from './stage.js';
import type { Subject } from './subject.js';
import { applicable, eventually, expect, Failed, within } from './verdict.js';

/** A plugin whose door is open, and whoever comes to it. */
export interface Listening {
  readonly stage: Stage;
  readonly receiver: Receiver;
  /** What was kept. */
  readonly kept: InboundEvent[];
  /** While true nothing can be kept, as when the database is away. */
  full: boolean;
  incoming(over?: Partial<Incoming>): Incoming;
  deliver(incoming: Incoming): Promise<boolean>;
  /** As a worker does when it ends. */
  stop(): Promise<void>;
}

let count = 0;

/** Plays with a plugin that listens; not applicable to one that does not. */
export function listening(subject: Subject, play: (listening: Listening) => Promise<void>): Promise<void> {
  return onStage(subject, { now: NOW }, async (stage) => {
    applicable(stage.plugin.listen !== undefined, 'the plugin has no `listen`');
    const { provider } = stage;
    expect(provider?.deliver !== undefined, 'the plugin has `listen`, but the harness does not bring it anything (`deliver` of its provider)');
    const ending = new AbortController();
    const kept: InboundEvent[] = [];
    const take = async (events: readonly InboundEvent[]): Promise<void> => {
      if (listens.full) throw new Error('nothing can be kept now');
      kept.push(...events);
    };
    const receiver = await within(PATIENCE_MS, stage.plugin.listen(contextOf(take, ending.signal)), 'listen');
    expect(receiver !== null, 'listen opened no door, though the harness configured one');
    const listens = listeningOf(stage, { provider, receiver, kept, ending });
    try {
      expect(await isOpen(receiver), 'the door did not open: the receiver never said it was well');
      await play(listens);
    } finally {
      await listens.stop().catch(() => undefined);
    }
  });
}

function contextOf(take: ReceiverContext['take'], signal: AbortSignal): ReceiverContext {
  const cursors = new Map<string, ReceiverCursor>();
  return {
    take,
    signal,
    lease: (_name, work) => {
      void (async () => {
        while (!signal.aborted) {
          await work(signal).catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 50).unref());
        }
      })();
      return { state: 'owner' };
    },
    cursor: (name) => ({ get: async () => cursors.get(name), set: async (value) => void cursors.set(name, value) }),
  };
}

interface Parts {
  readonly provider: FakeProvider;
  readonly receiver: Receiver;
  readonly kept: InboundEvent[];
  readonly ending: AbortController;
}

function listeningOf(stage: Stage, { provider, receiver, kept, ending }: Parts): Listening {
  let stopped: Promise<void> | undefined;
  return {
    stage, receiver, kept,
    full: false,
    incoming: (over) => ({ id: `door${(count += 1)}`, from: stage.message().to, to: stage.plugin.sender, text: 'I would love to', at: NOW, ...over }),
    deliver: async (incoming) => {
      if (provider.deliver === undefined) throw new Failed('the harness brings nothing');
      return within(PATIENCE_MS, provider.deliver(incoming), 'delivering to the door');
    },
    stop: () => {
      ending.abort();
      return (stopped ??= within(2 * PATIENCE_MS, receiver.close(), 'closing the door'));
    },
  };
}

async function isOpen(receiver: Receiver): Promise<boolean> {
  let ok = false;
  const asking = setInterval(() => void receiver.health().then((health) => (ok = health.ok), () => undefined), 20);
  try {
    return await eventually(() => ok, PATIENCE_MS);
  } finally {
    clearInterval(asking);
  }
}
