import { describe, expect, test } from '@jest/globals';
import { newId } from '@sevenfold/platform/ids';
import { readCursor, readInstantCursor, readNumberCursor, writeCursor } from './page.js';

const id = newId();
const refused = (read: (cursor: string) => unknown, key: string): void =>
  expect(() => read(writeCursor({ key, id }))).toThrow(expect.objectContaining({ code: 'invalid_fields' }));

describe('a cursor', () => {
  test('is read as it was written', () => {
    const position = { key: '2026-11-23T09:00:00.123Z', id };
    expect(readInstantCursor(writeCursor(position))).toEqual(position);
    expect(readCursor(writeCursor({ key: 'Zoë | co', id }))).toEqual({ key: 'Zoë | co', id });
    expect([readCursor(undefined), readInstantCursor(undefined)]).toEqual([null, null]);
  });

  test.each(['', '1', '2026', 'Mon, 01 Jan 2026', '2026-02-30T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '+275760-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', '2026-01-01T25:00:00.000Z'])(
    'that holds no instant of ours is the caller’s fault: %p', (key) => refused(readInstantCursor, key),
  );

  test.each(['', 'x', '1.5', '-1', '12345678901'])('that holds no number of ours likewise: %p', (key) => {
    refused(readNumberCursor, key);
    expect(readNumberCursor(writeCursor({ key: '12', id }))).toBe(12);
  });

  test('holds nothing a text cannot hold', () => {
    for (const read of [readCursor, readInstantCursor]) refused(read, '2026-01-01T00:00:00.000Z\0');
  });
});
