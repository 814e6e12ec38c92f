import type { TextMeasure } from '@sevenfold/plugin-sdk';

// The alphabet of GSM 03.38, and its extension, each letter of which takes an escape besides.
const BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const EXTENSION = new Set('\f^{}\\[~]|€');

// A text that needs several pieces gives up six bytes of each to the header that puts them together again.
const SIZES = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/**
 * How many SMS a text is, and what that is made of. One letter outside the GSM alphabet turns the whole text to UCS-2. Neither
 * an escaped letter nor a surrogate pair is cut in two: it moves to the next piece whole.
 */
export function measureText(text: string): TextMeasure {
  const letters = [...text];
  const encoding = letters.every((letter) => BASIC.has(letter) || EXTENSION.has(letter)) ? 'GSM-7' : 'UCS-2';
  const sizes = letters.map((letter) => (encoding === 'GSM-7' ? (EXTENSION.has(letter) ? 2 : 1) : letter.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, part } = SIZES[encoding];
  if (units <= single) return { segments: 1, encoding, units, left: single - units };
  let [segments, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > part) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return { segments, encoding, units, left: part - used };
}
