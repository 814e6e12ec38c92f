import { setTimeout as sleep } from 'node:timers/promises';

/** How long a day of this campaign takes. */
export const dayMs = 20_000;

/**
 * The campaign's own calendar: day 1 at 00:00 is the publication, and a day is {@link dayMs}. The engine counts the same
 * way from the `publishedAt` it answered with.
 */
export class Days {
  #publishedAt: number | undefined;

  begin(publishedAt: string): void {
    this.#publishedAt = Date.parse(publishedAt);
  }

  /** When `day` at `HH:MM` is, in ms since the epoch. */
  at(day: number, time: string): number {
    if (this.#publishedAt === undefined) throw new Error('The campaign has not been published');
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return this.#publishedAt + (day - 1 + (hours + minutes / 60) / 24) * dayMs;
  }

  /** Waits until then; not at all when it has been. */
  async until(day: number, time: string): Promise<void> {
    await sleep(Math.max(0, this.at(day, time) - Date.now()));
  }

  /** `day 3 09:12`, of an instant or of now; nothing before the publication. */
  label(at: number = Date.now()): string {
    if (this.#publishedAt === undefined) return '';
    const days = Math.max(0, (at - this.#publishedAt) / dayMs);
    const minutes = Math.floor((days % 1) * 24 * 60);
    const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
    return `day ${Math.floor(days) + 1} ${clock}`;
  }
}
