import { expect } from '@jest/globals';
import { closeGate, type CampaignStage, type Product } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { expectSame, kill, running, type Victim } from '../kills/kill.js';
import { rows } from '../kills/moments.js';
import { play, type Close, type Step } from '../kills/play.js';
import { pressed } from '../kills/pressed.js';
import type { Transcript } from '../kills/transcript.js';
import { outcomeOf, writeBroadcast } from './broadcast.js';
import { LiveReader } from './live-reader.js';

/** Who is killed when, each time one of two; the other one and the replacement go on. */
const victims: Partial<Record<Step, readonly (readonly [Victim, number])[]>> = {
  published: [['worker', 1]],
  applied: [['api', 2]],
  selected: [['slackbot', 1]],
  'agreements-sent': [['worker', 2], ['api', 1]],
  signed: [['slackbot', 2]],
  declined: [['worker', 1]],
  closed: [['api', 1], ['worker', 2]],
  started: [['worker', 1], ['slackbot', 1]],
};

/** A campaign over which one of each is killed again and again: the transcript of the calm one, and every change told. */
export async function campaignOnPairs(product: Product, calm: Transcript, close: Close): Promise<void> {
  const opened: { reader: LiveReader; workspaceId: string; before: string[] }[] = [];
  let kills = 0;
  const between = async (step: Step): Promise<void> => {
    for (const [name, copy] of victims[step] ?? []) {
      await kill(product, name, copy);
      kills += 1;
    }
  };
  const begun = async ({ api, workspaceId }: CampaignStage): Promise<void> => {
    // What changed before anybody looked is not told to whoever looks from now on.
    const before = (await rows<{ id: string }>(product, 'select id from live_hint where workspace_id = $1', [workspaceId])).map(({ id }) => id);
    opened.push({ reader: await LiveReader.open(api), workspaceId, before });
  };
  try {
    expectSame(await play(product, close, between, begun), calm, kills);
    expect(Math.min(...(product.doors?.api.answered ?? [0]))).toBeGreaterThan(10);
    for (const { reader, workspaceId, before } of opened) await everythingTold(product, reader, workspaceId, before);
  } finally {
    for (const { reader } of opened) await reader.close();
  }
}

/** Every change written down for the readers of this workspace was told to this one, or it was told to read everything anew. */
async function everythingTold(product: Product, reader: LiveReader, workspaceId: string, before: readonly string[]): Promise<void> {
  const sql = `select distinct entity || ' ' || entity_id as key from live_hint where workspace_id = $1 and id <> all($2::uuid[])`;
  const missing = async () => (await rows<{ key: string }>(product, sql, [workspaceId, before])).map(({ key }) => key).filter((key) => !reader.told.has(key));
  await until(async () => reader.resyncs > 0 || (await missing()).length === 0, { timeoutMs: 30_000, everyMs: 200, what: 'every change to be told' }).catch(() => undefined);
  expect(reader.resyncs > 0 ? [] : await missing()).toEqual([]);
  expect(reader.told.size).toBeGreaterThan(reader.resyncs > 0 ? 0 : 20);
  expect(reader.breaks).toBeGreaterThan(0);
}

/** A broadcast in the middle of which one of each is killed and replaced: nobody gets it twice, and who got nothing is known. */
export async function broadcastOnPairs(product: Product, { recipients, connections }: { recipients: number; connections: number }): Promise<void> {
  const broadcast = await writeBroadcast(product, recipients);
  // Stopped where a provider has taken messages that are not marked yet.
  const gate = await closeGate({ adminUrl: product.adminUrl, table: 'delivery', at: 'write', on: 'update', where: `new.status = 'sent'` });
  try {
    await pressed((key) => broadcast.stage.api.post(`/v1/broadcasts/${broadcast.id}/send`, {}, { key }));
    await gate.arrived();
    await kill(product, 'worker', 1);
    await kill(product, 'api', 2);
  } finally {
    await gate.open();
  }
  await running(product, 'worker', 1);
  await kill(product, 'worker', 2);
  await kill(product, 'slackbot', 1);
  const { counts, arrived } = await outcomeOf(product, broadcast);
  const { unknown = 0, sent = 0, delivered = 0 } = counts;
  expect([...arrived.entries()].filter(([, times]) => times > 1)).toEqual([]);
  const nobody = [...arrived.values()].filter((times) => times === 0).length;
  expect(sent + delivered + unknown).toBe(recipients);
  expect(nobody).toBeLessThanOrEqual(unknown);
  expect(unknown).toBeLessThanOrEqual(2 * 2 * connections);
}
