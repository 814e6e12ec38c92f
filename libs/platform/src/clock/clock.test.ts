import { expect, test } from '@jest/globals';
import { fixedClock, systemClock } from './index.js';

test('a fixed clock moves only when told', async () => {
  const clock = fixedClock(new Date('2026-03-01T00:00:00Z'));
  (await clock.now()).setFullYear(1999);
  expect((await clock.now()).toISOString()).toBe('2026-03-01T00:00:00.000Z');
  clock.advance(90_000);
  expect((await clock.now()).toISOString()).toBe('2026-03-01T00:01:30.000Z');
  clock.set(new Date('2026-01-01T00:00:00Z'));
  expect((await clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
});

test('the system clock goes forward', async () => {
  const first = await systemClock.now();
  expect((await systemClock.now()).getTime()).toBeGreaterThanOrEqual(first.getTime());
});
