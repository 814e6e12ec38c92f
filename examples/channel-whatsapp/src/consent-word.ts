const OUT = new Set(['stop', 'unsubscribe', 'cancel', 'stop all', 'stopp', 'abmelden', 'arret', 'arrêt']);
const IN = new Set(['start', 'unstop', 'subscribe']);

/** A message that is nothing but such a word. "Stop by on Monday" is a message. */
export function consentWord(text: string): 'opt-out' | 'opt-in' | undefined {
  const word = text.trim().toLowerCase().replace(/[.!]+$/, '');
  if (OUT.has(word)) return 'opt-out';
  return IN.has(word) ? 'opt-in' : undefined;
}
