import { setTimeout as sleep } from 'node:timers/promises';
import { closeGate, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { kill, type Victim } from './kill.js';
import { claimed } from './moments.js';

/** What is killed: a process at any moment, or at one where it hurts most. */
const moments = ['worker', 'worker', 'api', 'temporal', 'postgres', 'slackbot', 'relay-claimed', 'relay-delivered', 'api-answering', 'sending'] as const;
type Moment = (typeof moments)[number];

export interface Killer {
  /** How many of each there were until now. */
  counts: Partial<Record<Moment, number>>;
  total(): number;
  /** Why there will be no more kills, if something went wrong with one. */
  problem(): unknown;
  /** No more kills after this. */
  stop(): Promise<void>;
}

/** Kills one process after the other at moments that follow from the numbers given, until it is stopped. */
export function letKill(product: Product, next: () => number, { longestPauseMs }: { longestPauseMs: number }): Killer {
  const counts: Partial<Record<Moment, number>> = {};
  let over = false;
  let problem: unknown;
  const loop = (async () => {
    while (!over) {
      await sleep(next() * longestPauseMs);
      const moment = moments[Math.floor(next() * moments.length)] ?? 'worker';
      if (over) return;
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
    total: () => Object.values(counts).reduce((sum, each) => sum + each, 0),
    stop: async () => {
      over = true;
      await ended;
    },
  };
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
      return kill(product, moment);
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
