// Twilio's own lists: whoever sends one of the first gets nothing more delivered, so we must not believe otherwise.
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
// YES is on Twilio's list as well, but here it answers invites: it opts in only when Twilio says that it did.
const START = new Set(['START', 'UNSTOP']);

/** Whether a text is exactly a word of consent ("STOP 12345" is not). Case, spaces around it and a full stop don't matter. */
export function consentWord(text: string): 'opt-out' | 'opt-in' | undefined {
  const word = text.trim().replace(/[.!]$/, '').toUpperCase();
  if (STOP.has(word)) return 'opt-out';
  return START.has(word) ? 'opt-in' : undefined;
}
