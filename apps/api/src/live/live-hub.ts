import type { OnModuleDestroy } from '@nestjs/common';
import { Alarm, backoff, errorLabel, Listener, outboxChannel } from '@sevenfold/core/engine';
import {
  endPresence, formatPosition, heldSessions, LiveFeed, notePresence, parsePosition, type LiveRead, type Position,
} from '@sevenfold/core/live';
import type { SystemDatabase } from '@sevenfold/core/system';
import { DomainError } from '@sevenfold/domain/errors';
import type { Logger } from '@sevenfold/platform/logging';
import { LiveConnection, type Listening, type LiveSink } from './live-connection.js';

/** In ms of real time; the defaults are meant for everybody but tests. */
export interface LiveTimes {
  /** Looked at the database at most this often … */
  gatherMs: number;
  /** … and at least this often while anybody listens, whether a bell rang or not. */
  pollMs: number;
  heartbeatMs: number;
  /** How soon a connection ends after its token, member or link. */
  sessionMs: number;
  presenceMs: number;
  /** A reader that takes nothing for this long is cut off. */
  stuckMs: number;
}

export const liveTimes: LiveTimes = { gatherMs: 50, pollMs: 1_000, heartbeatMs: 15_000, sessionMs: 2_000, presenceMs: 15_000, stuckMs: 60_000 };

/** One connection per tab; more than this of one token or link is a fault of theirs. */
const mostPerCaller = 30;

export interface LiveHubParts {
  system: SystemDatabase;
  /** Connection of the role system for the one LISTEN of this process; without it, only the poll finds what is new. */
  listenUrl?: string | undefined;
  logger: Logger;
  times?: Partial<LiveTimes>;
}

/**
 * Hands hints of all workspaces to whoever is connected to this process. It reads the database once for all connections, and not at all
 * while there are none. Nothing in it must survive: a reader goes on at any process from the last id it was given.
 */
export class LiveHub implements OnModuleDestroy {
  private readonly connections = new Set<LiveConnection>();
  private readonly feed: LiveFeed;
  private readonly alarm = new Alarm();
  private readonly listener: Listener | undefined;
  private readonly times: LiveTimes;
  private readonly timers: NodeJS.Timeout[] = [];
  private position: Position | undefined;
  private starting: Promise<void> | undefined;
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(private readonly parts: LiveHubParts) {
    this.feed = new LiveFeed(parts.system);
    this.times = { ...liveTimes, ...parts.times };
    if (parts.listenUrl !== undefined) this.listener = new Listener(parts.listenUrl, outboxChannel, () => this.alarm.ring(), parts.logger);
  }

  /** How many listen here. */
  get size(): number {
    return this.connections.size;
  }

  /**
   * Opens a connection and tells what it has missed.
   * @param lastEventId the id a reader was given last, by whatever process
   * @param open called once it is certain that there is something to answer with: writes the head
   * @throws DomainError `too_many_requests`; whatever the database throws, before anything is written
   */
  async open(listening: Listening, sink: LiveSink, lastEventId: string | undefined, open: () => void): Promise<LiveConnection> {
    const same = [...this.connections].filter(({ listening: { caller } }) => caller === listening.caller).length;
    if (same >= mostPerCaller) throw new DomainError('too_many_requests', { retryAfterSeconds: 10 }, `At most ${mostPerCaller} connections at once`);
    const connection = new LiveConnection(listening, sink, () => this.standing());
    // Before it is asked what was missed: what comes in from now on waits in the connection.
    this.connections.add(connection);
    try {
      await this.takeStand();
      this.run();
      const missed = await this.missed(listening.workspaceId, lastEventId);
      if (listening.creatorId !== undefined) await this.notePresence([connection]);
      open();
      connection.begin(missed, formatPosition(missed.position));
      return connection;
    } catch (error) {
      this.drop(connection);
      throw error;
    }
  }

  /** The reader has gone. */
  drop(connection: LiveConnection): void {
    if (!this.connections.delete(connection)) return;
    connection.close();
    if (connection.listening.creatorId !== undefined) this.inBackground(endPresence(this.parts.system, [connection.id]));
    if (this.connections.size === 0) this.position = undefined;
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    const creators = [...this.connections].filter(({ listening }) => listening.creatorId !== undefined).map(({ id }) => id);
    for (const connection of this.connections) connection.close('restart');
    this.connections.clear();
    this.alarm.ring();
    await this.listener?.stop();
    await this.loop;
    if (creators.length > 0) await endPresence(this.parts.system, creators).catch((error: unknown) => this.complain(error));
  }

  /** Once for all that come at the same moment: the later of two stands would skip what came between them. */
  private async takeStand(): Promise<void> {
    if (this.position !== undefined) return;
    this.starting ??= this.feed
      .now()
      .then((position) => void (this.position ??= position))
      .finally(() => (this.starting = undefined));
    await this.starting;
  }

  private standing(): string {
    return this.position === undefined ? '' : formatPosition(this.position);
  }

  private async missed(workspaceId: string, lastEventId: string | undefined): Promise<LiveRead> {
    if (lastEventId === undefined) return { events: [], position: await this.feed.now() };
    const from = parsePosition(lastEventId);
    return from ? this.feed.since(from, workspaceId) : { events: null, position: await this.feed.now() };
  }

  private run(): void {
    if (this.loop || this.stopping) return;
    this.listener?.start();
    const every = (ms: number, work: () => void): void => void this.timers.push(setInterval(work, ms).unref());
    every(this.times.heartbeatMs, () => this.beat());
    every(this.times.sessionMs, () => this.inBackground(this.checkSessions()));
    every(this.times.presenceMs, () => this.inBackground(this.notePresence([...this.connections])));
    this.loop = this.look();
  }

  private async look(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        await this.handOn();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.complain(error);
      }
      await this.alarm.wait(failures === 0 ? this.times.pollMs : backoff(failures, this.times.pollMs, 10_000));
      // What rings within this time is read together.
      if (!this.stopping) await new Promise((resolve) => setTimeout(resolve, this.times.gatherMs));
    }
  }

  private async handOn(): Promise<void> {
    const before = this.position;
    if (before === undefined) return;
    const { events, position } = await this.feed.since(before);
    // Everybody left meanwhile, and somebody may have come since: they start from where they came.
    if (this.position !== before) return;
    this.position = position;
    const id = formatPosition(position);
    for (const connection of this.connections) {
      if (events === null) connection.resync(id);
      else if (events.length > 0) connection.tell(events, id);
    }
  }

  private beat(): void {
    for (const connection of this.connections) {
      if (connection.stuckMs > this.times.stuckMs) this.drop(connection);
      else connection.heartbeat(this.standing());
    }
  }

  /** Ends what was revoked, removed or ran out; and what may now do something else, so that it asks again. */
  private async checkSessions(): Promise<void> {
    const all = [...this.connections];
    const held = await heldSessions(this.parts.system, all.map(({ listening }) => listening.session));
    for (const connection of all) {
      const { session, held: before } = connection.listening;
      const now = held.get(session.id);
      if (now && now.role === before.role && now.clientId === before.clientId && now.scopes.join() === before.scopes.join()) continue;
      connection.close('session_ended');
      this.drop(connection);
    }
  }

  private async notePresence(connections: readonly LiveConnection[]): Promise<void> {
    await notePresence(this.parts.system, connections.flatMap(({ id, listening: { workspaceId, creatorId } }) => (creatorId === undefined ? [] : [{ connectionId: id, workspaceId, creatorId }])));
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.complain(error));
  }

  private complain(error: unknown): void {
    this.parts.logger.warn({ code: errorLabel(error) }, 'live updates could not be read');
  }
}
