import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultSchedule, scaleWindow, scheduleSchema, type Milestone } from './index.js';

const close: Milestone = { key: 'close', action: 'close', moment: { day: 7, at: '09:00' }, lateness: 'run' };
const reminder: Milestone = { key: 'select', action: 'remind-select', moment: { day: 3, at: '09:00' }, lateness: 'drop' };

function problems(milestones: unknown[], day: unknown = 'calendar') {
  const read = scheduleSchema.safeParse({ day, milestones });
  return read.success ? [] : read.error.issues.map(({ path }) => path.join('.'));
}

describe('schedule', () => {
  it('accepts the default, ten days, and a schedule without a story', () => {
    expect(scheduleSchema.parse(defaultSchedule)).toEqual(defaultSchedule);
    expect(problems([{ ...close, moment: { day: 10, at: '17:00' } }, reminder])).toEqual([]);
    expect(problems([close])).toEqual([]);
  });

  it('closes exactly once, and last', () => {
    expect(problems([reminder])).toEqual(['milestones']);
    expect(problems([close, { ...close, key: 'again' }])).toEqual(['milestones']);
    expect(problems([close, { ...reminder, moment: { day: 7, at: '09:00' } }])).toEqual(['milestones.1.moment']);
  });

  it('never leaves the close undone for being late', () => {
    expect(problems([{ ...close, lateness: 'drop' }])).toEqual(['milestones.0.lateness']);
  });

  it('counts elapsed time from the last hour of day 1', () => {
    const story: Milestone = { key: 'story', action: 'post-story', moment: { afterMs: 300_000 }, lateness: 'run' };
    const early = { ...close, moment: { day: 2, at: '00:01' } };
    expect(problems([story, early])).toEqual(['milestones.0.moment']);
    expect(problems([story, early], { ms: 20_000 })).toEqual([]);
  });

  it('names every problem by its path', () => {
    const wrong = [{ ...reminder, moment: { day: 0, at: '25:00' } }, { ...reminder, key: 'No Way' }, { ...close, action: 'dance' }];
    expect(problems(wrong, { ms: 1 })).toEqual(
      ['day.ms', 'milestones.0.moment.day', 'milestones.0.moment.at', 'milestones.1.key', 'milestones.2.action'],
    );
    expect(problems([reminder, reminder, close])).toEqual(['milestones.1.key']);
  });
});

describe('windows', () => {
  it('are themselves on a calendar, and shrink with a shorter day', () => {
    expect(scaleWindow(72 * 3_600_000, { day: 'calendar' })).toBe(72 * 3_600_000);
    expect(scaleWindow(72 * 3_600_000, { day: { ms: 20_000 } })).toBe(60_000);
  });

  it('keep their proportion', () => {
    fc.assert(fc.property(fc.integer({ min: 1_000, max: 86_400_000 }), fc.integer({ min: 1, max: 30 }), (ms, days) => {
      expect(scaleWindow(days * 86_400_000, { day: { ms } })).toBe(days * ms);
    }));
  });
});
