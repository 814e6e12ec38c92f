import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { writtenPages } from './written.js';

test.each(writtenPages.map(({ file, text }) => [basename(file.pathname), file, text] as const))(
  '%s says what the code says (else: npm run docs:write)',
  async (_name, file, text) => {
    expect(await readFile(file, 'utf8')).toBe(await text());
  },
);
