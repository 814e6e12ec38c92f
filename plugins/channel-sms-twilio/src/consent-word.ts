// Twilio's own lists: whoever sends one of the first gets nothing more delivered, so we must not believe otherwise.
// The French ones Twilio takes too, with and without their accents.
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'ARRET', 'ARRETE', 'ARRETT']);
const START = new Set(['START', 'UNSTOP', 'YES']);
const HELP = new Set(['HELP', 'INFO', 'AIDE']);

/** A word the rules of SMS give a meaning. YES is one and an answer as well. */
export type Keyword = 'stop' | 'start' | 'help';

/**
 * Whether a text is exactly one of the words ("STOP 12345" and "please stop" are not), in whatever case and with
 * whatever accents; spaces around it and a mark at its end don't matter.
 */
export function keywordOf(text: string): Keyword | undefined {
  const word = wordOf(text);
  if (STOP.has(word)) return 'stop';
  if (START.has(word)) return 'start';
  return HELP.has(word) ? 'help' : undefined;
}

/** Whether the word answers something besides: YES to an invite. */
export const isAnswerToo = (text: string): boolean => wordOf(text) === 'YES';

const wordOf = (text: string): string =>
  text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').trim().replace(/[.!]+$/, '').trim().toUpperCase();
