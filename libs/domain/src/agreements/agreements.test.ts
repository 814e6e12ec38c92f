import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementStatuses, maySend, shiftWindow, termsSchema, windowOf } from './index.js';

const hour = 3_600_000;

describe('the signing window', () => {
  it('is 72 elapsed hours with a reminder 24 before the end, whatever the clocks do', () => {
    const sentAt = Date.parse('2026-03-28T12:00:00+01:00');
    const { expiresAt, remindAt } = windowOf(sentAt, { day: 'calendar', milestones: [] });
    expect(expiresAt).toBe(Date.parse('2026-03-31T13:00:00+02:00'));
    expect(expiresAt - remindAt).toBe(24 * hour);
  });

  it('shrinks with a shorter day', () => {
    expect(windowOf(0, { day: { ms: 20_000 }, milestones: [] })).toEqual({ expiresAt: 60_000, remindAt: 40_000 });
  });

  it('moves by the pause itself and keeps its length', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e10 }), (sentAt, paused) => {
      const window = windowOf(sentAt, { day: 'calendar', milestones: [] });
      const moved = shiftWindow(window, paused);
      expect(moved.expiresAt - window.expiresAt).toBe(paused);
      expect(moved.expiresAt - moved.remindAt).toBe(window.expiresAt - window.remindAt);
    }));
  });
});

describe('sending again', () => {
  it('is possible after expired and withdrawn, never after a refusal, and not beside an open one', () => {
    expect(maySend([])).toMatchObject({ ok: true });
    expect(maySend(['expired', 'withdrawn', 'expired'])).toMatchObject({ ok: true });
    expect(maySend(['declined'])).toMatchObject({ code: 'refusal_final' });
    expect(maySend(['expired', 'pending'])).toMatchObject({ code: 'agreement_open', details: { state: 'pending' } });
    expect(maySend(['accepted'])).toMatchObject({ code: 'agreement_open', details: { state: 'accepted' } });
  });

  it('stays refused for ever once refused', () => {
    const status = fc.constantFrom(...agreementStatuses);
    fc.assert(fc.property(fc.array(status), fc.array(status), (before, after) => {
      expect(maySend([...before, 'declined', ...after])).toMatchObject({ ok: false, code: 'refusal_final' });
    }));
  });
});

describe('terms', () => {
  it('are whole minor units of a currency, a date, deliverables and rights', () => {
    const terms = { feeMinor: 25_000, currency: 'EUR', payDate: '2026-06-01', deliverables: ['One reel'], usageRights: 'Six months, organic' };
    expect(termsSchema.safeParse(terms).success).toBe(true);
    for (const wrong of [{ feeMinor: -1 }, { feeMinor: 0.5 }, { currency: 'eur' }, { payDate: '2026-02-30' }, { deliverables: [] }, { usageRights: ' ' }]) {
      expect(termsSchema.safeParse({ ...terms, ...wrong }).success).toBe(false);
    }
  });
});
