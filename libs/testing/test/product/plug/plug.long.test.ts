import { expect, test } from '@jest/globals';
import { pullThePlug } from './pull-the-plug.js';

const seed = Number(process.env['SEED'] ?? 1);

test(`2,000 recipients, a worker killed 20 times, SEED=${seed}: everybody has one message or an honest state`, async () => {
  const { states, seconds, kills, cuts } = await pullThePlug({
    recipients: 2_000, kills: 20, ratePerSecond: 20, seed, killEveryMs: 6_000, weatherEveryMs: 1_000, timeoutMs: 20 * 60_000,
  });
  console.log(`SEED=${seed}: ${JSON.stringify(states)} in ${seconds.toFixed(0)} s, ${kills} kills, ${cuts} lines cut`);
  expect(seconds).toBeGreaterThan(60);
}, 30 * 60_000);
