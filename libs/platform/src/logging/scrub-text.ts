const patterns: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, '$1 [redacted]'],
  // Passwords in connection addresses.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[redacted]@'],
  [/\b[a-z]{2,12}_[0-9a-f]{32}_[A-Za-z0-9_-]{43}/g, '[token]'],
  [/\bxox[a-z]-[A-Za-z0-9-]+/g, '[token]'],
  [/[^\s@<>"'(),;:=]+@[^\s@<>"'(),;:=]+\.[a-z]{2,}/gi, '[mail address]'],
  [/\+\d[\d ()-]{6,17}\d/g, '[phone number]'],
];

/** The text without tokens, passwords in URLs, mail addresses and international phone numbers. Long texts are cut at 4000 characters. */
export function scrubText(text: string): string {
  const short = text.length > 4000 ? `${text.slice(0, 4000)}…` : text;
  return patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), short);
}
