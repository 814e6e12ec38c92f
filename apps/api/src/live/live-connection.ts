import type { HeldSession, LiveEvent, LiveRead, LiveSession } from '@sevenfold/core/live';
import { newId } from '@sevenfold/platform/ids';
import { hintText, positionText, signalText } from './event-text.js';
import type { Hears } from './who-hears.js';

/** Where a connection is written to: an HTTP response. */
export interface LiveSink {
  write(text: string): boolean;
  end(): void;
  destroy(): void;
  readonly writableLength: number;
  once(event: 'drain', listener: () => void): unknown;
}

/** Who listens, by what, and what they may hear. */
export interface Listening {
  workspaceId: string;
  session: LiveSession;
  /** As the session was when the connection was opened; when it changes, the connection ends and another one begins. */
  held: HeldSession;
  hears: Hears;
  /** Whose request budget it counts for. */
  caller: string;
  /** A creator's connection says that they are looking. */
  creatorId?: string;
}

/** More than this waiting in one connection is not kept: a slow reader is told to read everything again. */
const mostWaiting = 64 * 1024;
const mostEarly = 500;

/**
 * One open connection. What it keeps is bounded: until it has begun a few hints, afterwards only what the socket holds. `id`s are
 * sent after the hints they cover, so that a break in between repeats some and loses none.
 */
export class LiveConnection {
  readonly id = newId();
  private state: 'opening' | 'open' | 'behind' | 'closed' = 'opening';
  private early: LiveEvent[] | 'too many' = [];
  private behindSince = 0;

  constructor(
    readonly listening: Listening,
    private readonly sink: LiveSink,
    /** Where the process stands when a slow reader has caught up. */
    private readonly standing: () => string,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /** How long it has not taken anything, in ms; 0 when it does. */
  get stuckMs(): number {
    return this.state === 'behind' ? this.monotonicMs() - this.behindSince : 0;
  }

  /** Says hello with what was missed, and with what came in meanwhile. */
  begin({ events }: Pick<LiveRead, 'events'>, position: string): void {
    if (this.state !== 'opening') return;
    const early = this.early;
    this.state = 'open';
    this.early = [];
    const whole = events !== null && early !== 'too many';
    this.put(whole ? signalText('ready') : signalText('resync'));
    if (whole) this.tell([...events, ...early], position);
    else this.put(positionText(position));
  }

  /** Hands on what this connection may hear. */
  tell(events: readonly LiveEvent[], position: string): void {
    if (this.state === 'closed' || this.state === 'behind') return;
    const heard = latestOfEach(events.filter((event) => event.workspaceId === this.listening.workspaceId && this.listening.hears(event)));
    if (heard.length === 0) return;
    if (this.state === 'opening') {
      if (this.early !== 'too many') this.early = this.early.length + heard.length > mostEarly ? 'too many' : [...this.early, ...heard];
      return;
    }
    this.put(heard.map(hintText).join('') + positionText(position));
  }

  /** What happened can't be told one by one. */
  resync(position: string): void {
    if (this.state === 'opening') this.early = 'too many';
    if (this.state === 'open') this.put(signalText('resync') + positionText(position));
  }

  /** Keeps proxies from closing it, and its position from growing old. */
  heartbeat(position: string): void {
    if (this.state === 'open') this.put(`: alive\n${positionText(position)}`);
  }

  /** @param reason told to the reader, who may connect again */
  close(reason?: string): void {
    if (this.state === 'closed') return;
    if (reason !== undefined && this.state === 'open') this.sink.write(signalText('closed', { reason }));
    const behind = this.state === 'behind';
    this.state = 'closed';
    this.early = [];
    // One that takes nothing would never end.
    if (behind) this.sink.destroy();
    else this.sink.end();
  }

  private put(text: string): void {
    const taken = this.sink.write(text);
    if (taken || this.sink.writableLength <= mostWaiting) return;
    this.state = 'behind';
    this.behindSince = this.monotonicMs();
    this.sink.once('drain', () => {
      if (this.state !== 'behind') return;
      this.state = 'open';
      this.resync(this.standing());
    });
  }
}

/** Several changes of one row are one hint. */
function latestOfEach(events: readonly LiveEvent[]): LiveEvent[] {
  return [...new Map(events.map((event) => [`${event.entity} ${event.id}`, event])).values()];
}
