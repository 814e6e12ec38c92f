/**
 * An instant of a plain row (`em.execute` hands out Postgres' own text) as ISO 8601 with milliseconds in UTC.
 * Null stays null.
 */
export function iso(value: string | Date): string;
export function iso(value: string | Date | null): string | null;
export function iso(value: string | Date | null): string | null {
  if (value === null) return null;
  // Most have milliseconds and are in UTC, as connections are: then it is only written differently, and a list has hundreds.
  if (typeof value === 'string' && inMilliseconds.test(value)) return `${value.slice(0, 10)}T${value.slice(11, 23)}Z`;
  return new Date(value).toISOString();
}

const inMilliseconds = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+00$/;
