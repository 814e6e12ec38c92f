import { expect, test } from '@jest/globals';
import { maxBlobBytes } from './index.js';

test('a file may have 25 MiB', () => {
  expect(maxBlobBytes).toBe(26_214_400);
});
