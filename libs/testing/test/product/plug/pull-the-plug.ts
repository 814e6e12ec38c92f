import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Body } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { Plant, type Recipient } from './plant.js';
import { badWeather } from './weather.js';

export interface PlugOptions {
  recipients: number;
  kills: number;
  /** Messages per second and channel, so that it lasts. */
  ratePerSecond: number;
  seed: number;
  /** Time between two kills, at most, in ms. */
  killEveryMs: number;
  weatherEveryMs: number;
  timeoutMs: number;
}

const connections = { mail: 4, sms: 2 };

/**
 * Sends a broadcast over real SMTP and the Twilio emulator while workers are killed and both fail in every way, and looks at what
 * everybody has in the end: one message or an honest state, nobody two, and a sum that adds up.
 */
export async function pullThePlug(options: PlugOptions): Promise<{ states: Record<string, number>; seconds: number; kills: number; cuts: number }> {
  const { recipients: count, kills, ratePerSecond, seed } = options;
  const random = generator(seed);
  await using plant = await Plant.start({ SMTP_CONNECTIONS: String(connections.mail), TWILIO_CONNECTIONS: String(connections.sms), SMTP_TIMEOUT_MS: '10000', TWILIO_TIMEOUT_MS: '5000' });
  const { token, workspaceId } = await plant.workspace();
  const people = await plant.recipients(workspaceId, Array.from({ length: count }, (_, i) => ({
    name: `Creator ${i}`,
    // Seven of ten by mail, two by SMS, one by either.
    ...(i % 10 < 8 && { email: `c${i}@creators.test` }),
    ...(i % 10 > 6 && { sms: `+3161${String(seed % 10)}${String(i).padStart(6, '0')}` }),
  })));
  const made = await plant.api(token).made('/v1/broadcasts', {
    name: 'Plug', recipients: { filter: {} }, texts: { subject: 'For {{creator.name}}', text: 'Hello {{creator.name}}', short: 'Hello {{creator.name}}' }, ratePerSecond,
  });
  const path = `/v1/broadcasts/${String(made['id'])}`;
  // Two presses at once, one at each API process.
  const presses = await Promise.all([plant.api(token).post(`${path}/send`), plant.api(token).post(`${path}/send`)]);
  expect(presses.map(({ status }) => status).sort()).toEqual([202, 409]);
  const began = performance.now();
  const weather = badWeather(plant, random, options.weatherEveryMs);
  let killed = 0;
  const progress = async (): Promise<Body> => (await plant.api(token).get(path)).body;
  while (killed < kills) {
    await sleep(options.killEveryMs * (0.4 + 0.6 * random()));
    if (String((await progress())['status']) === 'done') throw new Error(`It was over after ${killed} kills: throttle it more`);
    plant.workers[Math.floor(random() * plant.workers.length)]?.kill();
    killed += 1;
  }
  // Or a last message would meet what went wrong since its last attempt, again and again.
  weather.stop();
  const last = await until(async () => {
    const now = await progress();
    return String(now['status']) === 'done' && now;
  }, { what: 'the broadcast to end', timeoutMs: options.timeoutMs, everyMs: 500 });
  const seconds = (performance.now() - began) / 1_000;
  const states = await expectHonest(plant, token, path, people, last);
  expect(states['unknown'] ?? 0).toBeLessThanOrEqual(kills * 2 * (connections.mail + connections.sms) + weather.cuts);
  return { states, seconds, kills: killed, cuts: weather.cuts };
}

async function expectHonest(plant: Plant, token: string, path: string, people: readonly Recipient[], last: Body): Promise<Record<string, number>> {
  const results = await allResults(plant, token, path);
  const arrived = await arrivals(plant);
  const got = ({ email, sms }: Recipient): number => (email ? (arrived.get(email) ?? 0) : 0) + (sms ? (arrived.get(sms) ?? 0) : 0);
  const stateOf = new Map(results.map((each) => [String(each['creator']?.['id']), String(each['state'])]));
  const states: Record<string, number> = {};
  const wrong: string[] = [];
  for (const person of people) {
    const state = stateOf.get(person.id) ?? 'missing';
    states[state] = (states[state] ?? 0) + 1;
    const copies = got(person);
    const honest = { sent: copies === 1, delivered: copies === 1, read: copies === 1, unknown: copies <= 1, failed: copies === 0 }[state] ?? false;
    if (!honest) wrong.push(`${person.name}: ${state}, has ${copies}`);
  }
  expect(wrong).toEqual([]);
  expect(results).toHaveLength(people.length);
  // The sum adds up, and the list and the counts say the same.
  const counts = Object.fromEntries(Object.entries(last['counts'] ?? {}).map(([state, each]) => [state, Number(each)]).filter(([, each]) => each !== 0));
  expect(Object.values(counts).reduce((sum: number, each) => sum + Number(each), 0)).toBe(people.length);
  expect(Number(counts['unknown'] ?? 0)).toBeGreaterThanOrEqual(states['unknown'] ?? 0);
  return states;
}

async function allResults(plant: Plant, token: string, path: string): Promise<Body[]> {
  const found: Body[] = [];
  for (let cursor = ''; ;) {
    const { body } = await plant.api(token).get(`${path}/results?limit=200${cursor && `&cursor=${cursor}`}`);
    found.push(...(body.data ?? []));
    if (body['nextCursor'] === null) return found;
    cursor = String(body['nextCursor']);
  }
}

/** How many messages each address got. */
async function arrivals({ sink, twilio }: Plant): Promise<Map<string, number>> {
  const arrived = new Map<string, number>();
  const addresses = [...sink.mails.flatMap(({ to }) => to), ...(await twilio.messages()).map(({ to }) => to)];
  for (const address of addresses) arrived.set(address, (arrived.get(address) ?? 0) + 1);
  return arrived;
}

/** A small generator (mulberry32), so that a failure can be played again by its seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
