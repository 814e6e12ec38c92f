const yesWords = new Set(['yes', 'ja', 'oui', 'si', 'sí', 'sim']);

/** An exact YES, whatever its case and closing punctuation. "Yes, but …" is free text, and free text is never guessed. */
export function isYes(text: string): boolean {
  const word = text.trim().toLowerCase().replace(/[.!]+$/u, '').trim();
  return yesWords.has(word);
}
