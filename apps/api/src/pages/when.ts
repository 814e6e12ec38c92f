/** An instant on the clocks of a zone, with the zone: "Friday, 27 November 2026 at 10:00 CET (Europe/Amsterdam)". */
export function when(instant: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short',
  }).format(new Date(instant));
  return `${text} (${timeZone})`;
}

/** A date without a zone: "27 November 2026". */
export function day(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
