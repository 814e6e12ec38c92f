import type { Stage } from '../stage.ts';

/** Opens a day, with the time on the wall in the campaign's zone. */
export function chapterOf({ voice, timeZone }: Stage, day: number, title: string): void {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(Date.now());
  voice.chapter(`Day ${day}`, `${title} · ${clock} in ${timeZone.split('/')[1]}`);
}
