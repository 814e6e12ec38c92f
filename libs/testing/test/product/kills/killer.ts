import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeGate, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { kill, type Victim } from './kill.js';
import { claimed } from './moments.js';

/** What is killed: a process at any moment, or at one where it hurts most. Of some there are more. */
const victims = {
  worker: 'worker', 'relay-claimed': 'worker', 'relay-delivered': 'worker', sending: 'worker',
  api: 'api', 'api-answering': 'api', temporal: 'temporal', postgres: 'postgres', slackbot: 'slackbot',
} as const satisfies Record<string, Victim>;
type Moment = keyof typeof victims;
const moments = Object.keys(victims) as Moment[];
/** How often it is one that may be just starting. */
const whateverItDoes = 0.08;

export interface Killer {
  /** How many of each there were until now. */
  counts: Partial<Record<Moment, number>>;
  total(): number;
  /** Why there will be no more kills, if something went wrong with one. */
  problem(): unknown;
  /** No more kills after this. */
  stop(): Promise<void>;
}

export interface KillerOptions {
  /** Between two kills, in ms. */
  longestPauseMs: number;
  /** So many, and no more. */
  enough: number;
}

/**
 * Kills one process after the other at moments that follow from the numbers given, until it is enough. Mostly one that works: a
 * machine so slow that everything is killed before it has come up would show nothing but that.
 */
export function letKill(product: Product, next: () => number, { longestPauseMs, enough }: KillerOptions): Killer {
  const counts: Partial<Record<Moment, number>> = {};
  let over = false;
  let problem: unknown;
  const total = (): number => Object.values(counts).reduce((sum, each) => sum + each, 0);
  const loop = (async () => {
    while (total() < enough) {
      await sleep(next() * longestPauseMs);
      const [any, choice, up] = [next() < whateverItDoes, next(), await whatIsUp(product)];
      if (over) return;
      const possible = moments.filter((each) => any || up.has(victims[each]));
      const moment = possible[Math.floor(choice * possible.length)];
      if (moment === undefined) continue;
      await doKill(product, moment);
      counts[moment] = (counts[moment] ?? 0) + 1;
    }
  })();
  const ended = loop.catch((error: unknown) => {
    problem = error;
  });
  return {
    counts,
    problem: () => problem,
    total,
    stop: async () => {
      over = true;
      await ended;
    },
  };
}

/** What works, and not merely runs. */
async function whatIsUp({ ports }: Product): Promise<Set<Victim>> {
  const ready = (port: number) => async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  const taken = (port: number) => (): Promise<boolean> => new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy().destroyed)).on('error', reject);
  });
  const questions: Record<Victim, () => Promise<boolean>> = {
    api: ready(ports.api), worker: ready(ports.workerHealth), slackbot: ready(ports.slackbotHealth), temporal: taken(ports.temporal), postgres: taken(ports.postgres),
  };
  const answers = await Promise.all(Object.entries(questions).map(async ([name, ask]) => ((await ask().catch(() => false)) ? name : undefined)));
  return new Set(answers.filter((name) => name !== undefined) as Victim[]);
}

/** How long to lie in wait for a moment before the process is killed at whatever it does, in ms. */
const patienceMs = 2_500;

async function doKill(product: Product, moment: Moment): Promise<void> {
  switch (moment) {
    case 'relay-claimed':
      await claimed(product, patienceMs).catch(() => undefined);
      return kill(product, 'worker');
    case 'relay-delivered':
      return atGate(product, 'worker', { table: 'outbox_item', where: 'new.done_at is not null' });
    case 'sending':
      // The provider has it, and the row does not know yet.
      return atGate(product, 'worker', { table: 'delivery', where: `old.status = 'claimed'` });
    case 'api-answering':
      return atGate(product, 'api', { table: 'idempotency_record' });
    default:
      return kill(product, victims[moment]);
  }
}

async function atGate(product: Product, victim: Victim, { table, where }: { table: string; where?: string }): Promise<void> {
  const close = () => closeGate({ adminUrl: product.adminUrl, table, at: 'write', on: 'update', ...(where ? { where } : {}) });
  // The database may be on its way up again after the last kill.
  const gate = await until(close, { timeoutMs: 60_000, everyMs: 200, what: 'a gate in the database' });
  try {
    await gate.arrived(patienceMs).catch(() => undefined);
    await kill(product, victim);
  } finally {
    await gate.open();
  }
}
