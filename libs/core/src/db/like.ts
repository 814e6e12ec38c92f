/** A word as a pattern of `like` and `ilike` that is found anywhere: what its signs mean there is taken from them. */
export const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
