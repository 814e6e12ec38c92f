import { expect, test } from '@jest/globals';
import { noticeKinds } from '@sevenfold/domain/notices';
import { wordNotice } from './wording.js';

test('tells a moment in the campaign’s zone and shows the zone', () => {
  const text = wordNotice({
    kind: 'campaign-published', data: { name: 'Summer', closesAt: '2027-03-28T07:00:00.000Z' }, timeZone: 'Europe/Amsterdam', locale: 'en',
  });
  expect(text).toMatch(/^“Summer” is published\. Creators can apply until Sunday, March 28, 2027 at 9:00.AM \(Europe\/Amsterdam\)\.$/);
});

test('counts from nested figures, and names the group', () => {
  const summary = wordNotice({ kind: 'summary', data: { name: 'S', agreements: { accepted: 3, pending: 1 } }, timeZone: null, locale: 'en' });
  expect(summary).toContain('3 signed, 1 open, 0 declined');
  expect(wordNotice({ kind: 'campaign-started', data: { name: 'S', group: 2, names: ['Ana', 'Bo'] }, timeZone: null, locale: 'en' })).toContain('Ana and Bo');
});

test.each(noticeKinds)('%s can be worded whatever its data lacks', (kind) => {
  expect(wordNotice({ kind, data: {}, timeZone: 'UTC', locale: 'en' })).not.toMatch(/undefined|null|NaN/);
});
