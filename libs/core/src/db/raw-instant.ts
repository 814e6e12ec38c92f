/** Raw rows carry instants as Postgres writes them ('2026-11-21 13:00:00.123+00'). */
export function rawInstant(text: string): Date {
  return new Date(text);
}

/** The same for a column that may be empty. */
export function rawInstantOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
