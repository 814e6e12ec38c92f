import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyBudget, grant, leadMs, shapeOf, type BudgetState } from './grant.js';

interface Sender {
  /** How long after its grant a message leaves, ms. */
  late: number;
  /** How long until the budget hears of it. */
  tells: number;
  everyMs: number;
}

/** Plays senders against one budget, and answers the instants at which messages left. */
function play(rate: number, senders: readonly Sender[], seconds: number): number[] {
  let state: BudgetState = emptyBudget;
  const left: number[] = [];
  const news: { at: number; id: number; told: number }[] = [];
  const base = 1_700_000_000_000;
  for (let now = base; now < base + seconds * 1_000; now += 5) {
    for (const { late, tells, everyMs } of senders) {
      if ((now - base) % everyMs !== 0) continue;
      const used = news.filter(({ told }) => told <= now).map(({ id, at }) => ({ id, at }));
      for (const { id } of used) news.splice(news.findIndex((each) => each.id === id), 1);
      const answer = grant(state, { now, ratePerSecond: rate, want: Math.max(1, Math.ceil(rate * 0.2)), urgent: false, used, unused: [], busy: [] });
      state = answer.state;
      for (const { id, at, sends } of answer.grants) {
        const leaves = Math.max(at, now) + late;
        for (let i = 0; i < sends; i += 1) left.push(leaves);
        news.push({ id, at: leaves, told: leaves + tells });
      }
    }
  }
  return left.sort((a, b) => a - b);
}

/** The most in any sliding window. */
function busiest(instants: readonly number[], windowMs: number): number {
  let most = 0;
  for (let i = 0, j = 0; i < instants.length; i += 1) {
    while ((instants[i] ?? 0) - (instants[j] ?? 0) >= windowMs) j += 1;
    most = Math.max(most, i - j + 1);
  }
  return most;
}

const sender = fc.record({ late: fc.integer({ min: 0, max: 300 }), tells: fc.integer({ min: 0, max: 400 }), everyMs: fc.constantFrom(5, 20, 50, 100, 250) });

describe('the budget of a sender', () => {
  test('is never exceeded in any sliding second, whoever sends and however late', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3, 10, 50, 100, 130, 500), fc.array(sender, { minLength: 1, maxLength: 4 }), (rate, senders) => {
        const left = play(rate, senders, 4);
        expect(busiest(left, 1_000)).toBeLessThanOrEqual(rate);
      }),
      { numRuns: 25 },
    );
  });

  test.each([1, 3, 50, 100, 500])('of %i is used up', (rate) => {
    const left = play(rate, [{ late: 3, tells: 20, everyMs: 20 }, { late: 5, tells: 30, everyMs: 50 }], 15);
    const middle = left.slice(Math.floor(left.length * 0.1), Math.ceil(left.length * 0.9));
    const seconds = ((middle.at(-1) ?? 0) - (middle[0] ?? 0)) / 1_000;
    expect((middle.length - 1) / seconds).toBeGreaterThanOrEqual(0.95 * rate);
  });

  test('below one a second counts over longer', () => {
    const left = play(0.5, [{ late: 0, tells: 10, everyMs: 50 }], 20);
    expect(busiest(left, 2_000)).toBe(1);
    expect(left.length).toBeGreaterThanOrEqual(9);
  });

  test('is granted no further ahead than a person may have to wait, and first to whom answers one', () => {
    const now = 1_000_000;
    const many = grant(emptyBudget, { now, ratePerSecond: 10, want: 100, urgent: false, used: [], unused: [], busy: [] });
    expect(Math.max(...many.grants.map(({ at }) => at))).toBeLessThanOrEqual(now + leadMs);
    const busy = grant(many.state, { now, ratePerSecond: 10, want: 1, urgent: true, used: [], unused: [], busy: [] });
    expect(busy.grants).toEqual([]);
    // From now on nothing is granted to the many until the one has had theirs.
    expect(grant(busy.state, { now: busy.retryAt, ratePerSecond: 10, want: 5, urgent: false, used: [], unused: [], busy: [] }).grants).toEqual([]);
    const served = grant(busy.state, { now: busy.retryAt, ratePerSecond: 10, want: 1, urgent: true, used: [], unused: [], busy: [] });
    expect(served.grants).toHaveLength(1);
    expect(grant(served.state, { now: busy.retryAt + 200, ratePerSecond: 10, want: 1, urgent: false, used: [], unused: [], busy: [] }).grants).toHaveLength(1);
  });

  test('comes back when whoever held it dies, and at once when it is given back', () => {
    const now = 1_000_000;
    const ask = { ratePerSecond: 2, want: 2, urgent: false, used: [], unused: [], busy: [] };
    const dead = grant(emptyBudget, { ...ask, now });
    expect(dead.grants.length).toBeGreaterThan(0);
    expect(grant(dead.state, { ...ask, now: now + 3_100 }).grants.length).toBeGreaterThan(0);
    const returned = grant(dead.state, { ...ask, now: now + 10, unused: dead.grants.map(({ id }) => id) });
    expect(returned.state.slots.filter(({ id }) => dead.grants.some((each) => each.id === id))).toEqual([]);
  });

  test('is not given again while its message is on its way, however long that takes', () => {
    let now = 1_000_000;
    const ask = { ratePerSecond: 1, want: 1, urgent: false, used: [], unused: [], busy: [] };
    const first = grant(emptyBudget, { ...ask, now });
    const ids = first.grants.map(({ id }) => id);
    let { state } = first;
    for (; now < 1_010_000; now += 500) {
      const answer = grant(state, { ...ask, now, busy: ids });
      expect(answer.grants).toEqual([]);
      state = answer.state;
    }
    const told = grant(state, { ...ask, now, used: ids.map((id) => ({ id, at: now })) });
    expect(told.grants).toEqual([]);
    expect(grant(told.state, { ...ask, now: now + 700 }).grants.map(({ at }) => at)).toEqual([now + 1_000]);
  });

  test('counts what left long after it was given up for used', () => {
    const ask = { now: 1_000_000, ratePerSecond: 1, want: 1, urgent: false, used: [], unused: [], busy: [] };
    const first = grant(emptyBudget, ask);
    const used = first.grants.map(({ id }) => ({ id, at: 1_010_000 }));
    const late = grant(first.state, { ...ask, now: 1_010_000, used });
    expect(late.grants).toEqual([]);
    expect(grant(late.state, { ...ask, now: 1_010_700 }).grants.map(({ at }) => at)).toEqual([1_011_000]);
  });

  test('is cut so that no window holds more than the rate', () => {
    for (let rate = 1; rate <= 1_000; rate += 7) {
      const { sends, slots } = shapeOf(rate);
      expect(sends * slots).toBeLessThanOrEqual(rate);
      if (Number.isInteger(rate)) expect(sends * slots).toBeGreaterThanOrEqual(0.95 * rate);
    }
  });
});
