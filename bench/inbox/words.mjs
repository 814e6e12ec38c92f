/** Words by Zipf's law: few are everywhere, most are rare. The same sequence for the same seed. */
export function zipfWords(seed, vocabulary = 20_000) {
  const random = mulberry(seed);
  // Letters as often as in English, consonants and vowels in turn more often than not.
  const vowels = 'eeeeeeaaaaoooiiiuuy';
  const consonants = 'tttnnnssshhrrrddllccmmwffggpbvkjxqz';
  const letter = (from) => from[Math.floor(random() * from.length)];
  const words = [];
  const known = new Set();
  while (words.length < vocabulary) {
    const length = 3 + Math.floor(random() * 7);
    let vowel = random() < 0.4;
    let word = '';
    while (word.length < length) {
      word += letter(vowel ? vowels : consonants);
      vowel = random() < 0.8 ? !vowel : vowel;
    }
    if (known.has(word)) continue;
    known.add(word);
    words.push(word);
  }
  const pick = () => words[Math.min(vocabulary - 1, Math.floor(vocabulary ** random()) - 1)];
  return { words, random, sentence: (count) => Array.from({ length: count }, pick).join(' ') };
}

function mulberry(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
