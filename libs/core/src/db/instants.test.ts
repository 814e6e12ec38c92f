import { expect, test } from '@jest/globals';
import { iso } from './instants.js';

test.each([
  ['2026-11-21 13:00:00.123+00', '2026-11-21T13:00:00.123Z'],
  ['2026-11-21 13:00:00+00', '2026-11-21T13:00:00.000Z'],
  ['2026-11-21 13:00:00.1+00', '2026-11-21T13:00:00.100Z'],
  ['2026-11-21 13:00:00.123456+00', '2026-11-21T13:00:00.123Z'],
  ['2026-11-21 13:00:00.123+02', '2026-11-21T11:00:00.123Z'],
  ['2026-11-21 13:00:00.123+05:30', '2026-11-21T07:30:00.123Z'],
])('%s as Postgres writes it is %s', (text, expected) => {
  expect(iso(text)).toBe(expected);
});

test('what is no instant is not made one', () => {
  expect(() => iso('infinity')).toThrow(RangeError);
  expect(iso(null)).toBeNull();
});
