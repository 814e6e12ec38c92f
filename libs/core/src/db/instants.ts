/**
 * An instant of a plain row (`em.execute` hands out Postgres' own text) as ISO 8601 with milliseconds in UTC.
 * Null stays null.
 */
export function iso(value: string | Date): string;
export function iso(value: string | Date | null): string | null;
export function iso(value: string | Date | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}
