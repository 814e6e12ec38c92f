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
  /** How long it may go well, in ms, before the next burst of kills. */
  longestPauseMs: number;
  /** In one burst, one shortly after the other. */
  mostAtOnce: number;
  /** So many in all, and no more. */
  enough: number;
}

/**
 * Kills processes at moments that follow from the numbers given, until it is enough: a few of them, some while they start again,
 * then none until everything works. A machine so slow that all is killed before it has come up would show nothing but that.
 */
export function letKill(product: Product, next: () => number, { longestPauseMs, mostAtOnce, enough }: KillerOptions): Killer {
  const counts: Partial<Record<Moment, number>> = {};
  let over = false;
  let problem: unknown;
  const total = (): number => Object.values(counts).reduce((sum, each) => sum + each, 0);
  const loop = (async () => {
    while (total() < enough) {
      await until(() => over || everythingWorks(product), { timeoutMs: 180_000, everyMs: 200, what: 'everything to work again' });
      await sleep(next() * longestPauseMs);
      for (let left = Math.ceil(next() * mostAtOnce); left > 0 && total() < enough; left -= 1) {
        const moment = moments[Math.floor(next() * moments.length)] ?? 'worker';
        if (over) return;
        await doKill(product, moment);
        counts[moment] = (counts[moment] ?? 0) + 1;
        await sleep(next() * shortlyMs);
      }
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

/** Between two kills of a burst, in ms. */
const shortlyMs = 1_500;

/** They are ready, and do not merely run. */
async function everythingWorks({ ports }: Product): Promise<boolean> {
  const answers = await Promise.all([ports.api, ports.workerHealth, ports.slackbotHealth].map(async (port) =>
    (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok));
  return answers.every(Boolean);
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
