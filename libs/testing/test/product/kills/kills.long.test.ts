import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProduct, type Product } from '../../../src/product/index.js';
import { expectSame, kill, type Victim } from './kill.js';
import { play, steps, type Transcript } from './play.js';

let product: Product;
let calm: Transcript;
beforeAll(async () => {
  product = await startProduct();
  calm = await play(product, { run: 'calm', dayMs: 8_000, close: 'by-schedule' });
}, 300_000);
afterAll(async () => product.stop(), 60_000);

describe.each<[Victim, number]>([
  ['worker', 30_000],
  ['api', 30_000],
  ['temporal', 30_000],
  ['postgres', 30_000],
])('kill -9 of %s at every step', (victim, dayMs) => {
  test('leaves the same transcript as none', async () => {
    expectSame(await play(product, { run: victim.slice(0, 4), dayMs, close: 'by-schedule' }, () => kill(product, victim)), calm, steps.length);
  }, 600_000);
});

/** A small generator (mulberry32), so that a failure can be played again by its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seed = Number(process.env['SEED'] ?? 1);
const rounds = Number(process.env['KILL_ROUNDS'] ?? 3);

describe(`kills at random moments, SEED=${seed}`, () => {
  test.each(Array.from({ length: rounds }, (_, i) => i))('round %i', async (round) => {
    const next = random(seed + round);
    const victims: Victim[] = ['worker', 'worker', 'worker', 'api', 'temporal', 'slackbot'];
    let kills = 0;
    let over = false;
    const killer = (async () => {
      while (!over) {
        await sleep(500 + next() * 6_000);
        if (over) return;
        await kill(product, victims[Math.floor(next() * victims.length)] ?? 'worker');
        kills += 1;
      }
    })();
    try {
      const transcript = await play(product, { run: `r${round}${(seed % 1000).toString(36)}`, dayMs: 40_000, close: 'by-schedule' });
      over = true;
      await killer;
      expect(kills).toBeGreaterThan(5);
      expectSame(transcript, calm, kills);
    } finally {
      over = true;
    }
  }, 600_000);
});
