const yesWords = new Set(['yes', 'ja', 'oui', 'si', 'sí', 'sim']);

/**
 * An exact YES, whatever its case, quotes and closing punctuation: people answer “YES.” as they were told to.
 * "Yes, but …" is free text, and free text is never guessed (E3).
 */
export function isYes(text: string): boolean {
  const word = text.normalize('NFC').toLowerCase().replace(/^[\s"'“”‘’«»]+|[\s"'“”‘’«».!]+$/gu, '');
  return yesWords.has(word);
}
