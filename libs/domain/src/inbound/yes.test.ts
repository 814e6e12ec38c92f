import { describe, expect, it } from '@jest/globals';
import { isYes } from './index.js';

describe('YES', () => {
  it.each(['YES', 'Yes!', ' yes. ', '“YES”', '"yes".', 'yes!!', 'Sí', 'si\u0301', 'Ja', 'yes\n'])('%j counts', (text) => {
    expect(isYes(text)).toBe(true);
  });

  it.each(['yes but later', 'Yes, but', 'yes?', 'yess', 'no', '', '!', 'yes yes', 'YES 12345', 'not yes', 'ok', 'y', 'sure'])('%j is free text', (text) => {
    expect(isYes(text)).toBe(false);
  });
});
