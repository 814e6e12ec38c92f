import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { readRows } from '../../../src/postgres/index.js';
import { CampaignStage, closeGate, type Answer, type GateOptions, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { freeze, kill } from './kill.js';
import { mailsOf } from './transcript.js';

/** Runs one statement past row-level security. */
export function rows<T extends object>({ adminUrl }: Product, sql: string, params: unknown[] = []): Promise<T[]> {
  return readRows<T>(adminUrl, sql, params);
}

/**
 * Sends a request, kills the API while it writes the answer down, and lets the database go on.
 * @param press gets the Idempotency-Key to use
 * @returns the key: nobody has heard an answer to it
 */
export async function killApiAtItsAnswer(product: Product, at: GateOptions['at'], press: (key: string) => Promise<Answer>): Promise<string> {
  const key = `killed-${randomUUID()}`;
  await until(async () => (await fetch(`${product.api.url}/readyz`)).ok, { timeoutMs: 120_000, everyMs: 200, what: 'the API to be ready to be killed' });
  const gate = await closeGate({ adminUrl: product.adminUrl, table: 'idempotency_record', at, on: 'update', where: `new.key = '${key}'` });
  try {
    const heard = press(key).then(() => true, () => false);
    await gate.arrived();
    await kill(product, 'api');
    if (await heard) throw new Error('The API answered although it was killed before');
  } finally {
    await gate.open();
  }
  return key;
}

/** Makes the relay carry one message, and returns where it is to arrive: somebody invited by mail. */
export async function inviteByMail(stage: CampaignStage, name: string): Promise<string> {
  const email = `${name.toLowerCase()}.${randomUUID()}@creators.test`;
  const creator = await stage.creator(name, { email, newsletter: false });
  await stage.api.made(stage.path('/invites'), { creators: [{ creatorId: creator.id }] });
  return email;
}

/** Kills the relay (the worker) while it holds what it has claimed and the engine has not answered. */
export async function killRelayBeforeSignal(product: Product, work: () => Promise<string>): Promise<string> {
  const thaw = await freeze(product, 'temporal');
  try {
    const email = await work();
    await claimed(product);
    await kill(product, 'worker');
    return email;
  } finally {
    thaw();
  }
}

/** Kills the relay when the engine has taken what was claimed, before that is marked. */
export async function killRelayAfterSignal(product: Product, work: () => Promise<string>): Promise<string> {
  const gate = await closeGate({ adminUrl: product.adminUrl, table: 'outbox_item', at: 'write', on: 'update', where: `new.kind = 'message.queued'` });
  try {
    const email = await work();
    await gate.arrived();
    await kill(product, 'worker');
    return email;
  } finally {
    await gate.open();
  }
}

/** Until a relay holds items of the outbox in its hands. */
export async function claimed(product: Product, timeoutMs = 30_000): Promise<void> {
  const client = new pg.Client({ connectionString: product.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const held = async () =>
      (await client.query(
        `select 1 from pg_stat_activity where query like '%outbox_item%skip locked%' and state = 'idle in transaction' and state_change < clock_timestamp() - interval '5 ms'`,
      )).rowCount !== 0;
    await until(held, { timeoutMs, everyMs: 5, what: 'the relay to hold something' });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How often an invite reached this address, once it has and nothing is under way any more. */
export async function arrivals(product: Product, email: string): Promise<number> {
  const count = async () => (await mailsOf(product, email)).length;
  await until(async () => (await count()) > 0, { timeoutMs: 60_000, everyMs: 200, what: `a mail to ${email}` });
  const open = () => rows(product, 'select 1 from outbox_item where done_at is null');
  await until(async () => (await open()).length === 0, { timeoutMs: 60_000, everyMs: 200, what: 'the outbox to be empty' });
  return count();
}
