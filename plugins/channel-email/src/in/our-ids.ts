const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ours = new RegExp(`<(${uuid})@([^<>\\s@]{1,253})>`, 'gi');

/** Our message ids among Message-IDs of our domain, wherever they stand in a text, in its order. @param domain lower case */
export function ourIdsIn(text: string, domain: string): string[] {
  const found = [...text.slice(0, 2_000_000).matchAll(ours)].filter(([, , at]) => at?.toLowerCase() === domain);
  return [...new Set(found.map(([, id = '']) => id.toLowerCase()))];
}
