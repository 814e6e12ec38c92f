import type { NormalisedAddress } from '@sevenfold/plugin-sdk';

/** International numbers only: `+`, and what people put between digits is left out. */
export function normaliseNumber(typed: string): NormalisedAddress {
  const number = typed.trim().replace(/^00/, '+').replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(number) ? { ok: true, address: number } : { ok: false, reason: 'not a number with its country’s prefix' };
}
