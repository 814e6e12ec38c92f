import { expect, test } from '@jest/globals';
import { pullThePlug } from './pull-the-plug.js';

test('a worker killed twice in the middle of a broadcast: everybody has one message or an honest state', async () => {
  const { states } = await pullThePlug({
    recipients: 200, kills: 2, ratePerSecond: 15, seed: 7, killEveryMs: 3_000, weatherEveryMs: 1_500, timeoutMs: 90_000,
  });
  expect(states['sent'] ?? 0).toBeGreaterThan(100);
}, 240_000);
