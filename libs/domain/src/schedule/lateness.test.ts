import { describe, expect, it } from '@jest/globals';
import { decideLateness, defaultSchedule, digestTolerance, instantsOf } from './index.js';

describe('lateness', () => {
  const instants = instantsOf(defaultSchedule, { publishedAt: Date.parse('2026-06-01T10:00:00Z'), timeZone: 'UTC' });
  const decide = (key: string, now: string) => {
    const index = instants.findIndex((each) => each.key === key);
    const milestone = instants[index];
    if (!milestone) throw new Error(`No milestone ${key}`);
    return decideLateness(milestone, instants.slice(index + 1), Date.parse(now));
  };

  it('runs what is on time or a little late', () => {
    expect(decide('select', '2026-06-03T09:00:00Z')).toBe('run');
    expect(decide('select', '2026-06-04T08:59:59Z')).toBe('run');
  });

  it('drops a reminder that the next has overtaken', () => {
    expect(decide('select', '2026-06-04T09:00:00Z')).toBe('drop');
    expect(decide('summary', '2026-06-07T09:00:00Z')).toBe('drop');
  });

  it('closes at once, however late, and posts the story', () => {
    expect(decide('close', '2027-01-01T00:00:00Z')).toBe('run');
    expect(decide('story', '2026-06-02T10:00:00Z')).toBe('run');
  });

  it('lets a newsletter be six hours late, of a shorter day less', () => {
    expect(digestTolerance({ day: 'calendar' })).toBe(6 * 3_600_000);
    expect(digestTolerance({ day: { ms: 20_000 } })).toBe(5_000);
  });
});
