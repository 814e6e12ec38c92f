import type { ChannelPlugin } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import { Pacer, type Ticket } from './rate/pacer.js';
import { reserveIn } from './rate/reserve.js';
import { Room } from './room.js';

/** Whoever holds one is inside: has a connection, and the right to send one message by it. */
export interface Pass {
  /** The hand-over begins now. `false`: the right is too old; give the pass back and come again. */
  begin(): boolean;
  /** Done: the connection is free. */
  leave(): void;
  /** Entered for nothing: connection and right go to the next. */
  giveBack(): void;
}

export interface EnterOptions {
  signal?: AbortSignal | undefined;
  /** A message to one person, which goes before those to many. */
  urgent?: boolean;
  /** A further limit, below the sender's own. */
  limit?: Pacer | undefined;
}

interface Waiting {
  most: number;
  urgent: boolean;
  limit: Pacer | undefined;
  resolve: (passes: Pass[]) => void;
}

/**
 * The connections of one channel in this process, and the pace of its sender over all processes. A delivery is claimed only by
 * who is inside, or just before: a crash leaves no more unknown than was really on its way.
 */
export class Gate {
  private free: number;
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private pumping = false;
  /** Broadcasts claim ahead, but never more than twice the connections. */
  readonly room: Room;

  constructor(
    readonly connections: number,
    /** Absent: as fast as the connections go. */
    readonly pacer?: Pacer,
  ) {
    this.free = connections;
    this.room = new Room(2 * connections);
    if (pacer) pacer.onChange = () => this.pump();
  }

  /** Goes in if there is room and the pace allows. */
  tryEnter({ urgent = false }: Pick<EnterOptions, 'urgent'> = {}): Pass | undefined {
    if (this.waiting.some((each) => each.urgent || !urgent)) return undefined;
    const [pass] = this.take({ most: 1, limit: undefined });
    if (!pass) this.pacer?.want(1, urgent);
    return pass;
  }

  /** Waits for room and goes in with up to `most`; none when `signal` was aborted first. */
  enter(most: number, { signal, urgent = false, limit }: EnterOptions = {}): Promise<Pass[]> {
    if (signal?.aborted) return Promise.resolve([]);
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.waiting = this.waiting.filter((each) => each !== own);
        resolve([]);
      };
      const own: Waiting = {
        most, urgent, limit,
        resolve: (passes) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(passes);
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      if (limit) limit.onChange = () => this.pump();
      this.waiting.push(own);
      this.pump();
    });
  }

  /** Lets in whoever may go, those with a message to one person first. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    clearTimeout(this.timer);
    let again = Infinity;
    for (const each of [...this.waiting.filter(({ urgent }) => urgent), ...this.waiting.filter(({ urgent }) => !urgent)]) {
      const passes = this.take(each);
      if (passes.length > 0) {
        this.waiting = this.waiting.filter((other) => other !== each);
        each.resolve(passes);
      }
      const rest = each.most - passes.length;
      // Asked for ahead: whoever goes in now comes again soon.
      if (this.pacer) again = Math.min(again, this.pacer.want(Math.max(1, rest), each.urgent));
      if (each.limit) again = Math.min(again, each.limit.want(Math.max(1, rest), each.urgent));
    }
    this.pumping = false;
    if (this.waiting.length > 0 && this.free > 0 && again < Infinity) this.timer = setTimeout(() => this.pump(), Math.ceil(again));
  }

  private take({ most, limit }: Pick<Waiting, 'most' | 'limit'>): Pass[] {
    const count = Math.min(most, this.free, this.pacer?.available() ?? Infinity, limit?.available() ?? Infinity);
    if (count <= 0) return [];
    this.free -= count;
    const own = this.pacer?.take(count);
    const further = limit?.take(count);
    return Array.from({ length: count }, (_, index) => this.pass([own?.[index], further?.[index]].filter((ticket) => ticket !== undefined)));
  }

  private pass(tickets: readonly Ticket[]): Pass {
    let inside = true;
    const out = (how: (ticket: Ticket) => void): void => {
      if (!inside) return;
      inside = false;
      this.free += 1;
      tickets.forEach(how);
      this.pump();
    };
    return {
      begin: () => {
        if (tickets.some(({ good }) => !good)) return false;
        for (const ticket of tickets) ticket.begin();
        return true;
      },
      leave: () => out((ticket) => ticket.end()),
      giveBack: () => out((ticket) => ticket.giveBack()),
    };
  }
}

/** By the channel itself, and by each own mailbox. */
const gates = new WeakMap<ChannelPlugin, Map<string, Gate>>();

/**
 * The gate of a plugin: one per process, because the plugin's connections are. What its sender may send in a second is
 * counted in the database, for all processes together.
 * @param mailboxId a member's own mailbox, which has one connection and a pace of its own
 */
export function gateOf(plugin: ChannelPlugin, db: Database, workspaceId: string, mailboxId?: string): Gate {
  const ofPlugin = gates.get(plugin) ?? new Map<string, Gate>();
  gates.set(plugin, ofPlugin);
  const known = ofPlugin.get(mailboxId ?? '');
  if (known) return known;
  const { connections } = plugin.traits;
  const ratePerSecond = mailboxId === undefined ? plugin.traits.ratePerSecond : plugin.mailboxes?.ratePerSecond;
  const sender = mailboxId === undefined ? plugin.sender : `mailbox:${mailboxId}`;
  const pacer = ratePerSecond === undefined ? undefined : new Pacer(`${plugin.channel}:${sender}`, ratePerSecond, reserveIn(db, workspaceId));
  const gate = new Gate(mailboxId === undefined ? connections : 1, pacer);
  ofPlugin.set(mailboxId ?? '', gate);
  return gate;
}
