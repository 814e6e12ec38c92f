import type { CampaignSnapshot, PendingMilestone } from '../activities.js';

/** What the campaign's workflow knows and what follows from it. Pure, so it is tested without an engine. */
export class CampaignState {
  private known: CampaignSnapshot = { version: -1, status: 'draft', paused: false, milestones: [] };
  private dirty = false;
  private stale = false;
  private pictures = 0;
  /** Until when to leave a milestone alone that would not be done, by key. */
  private readonly putOff = new Map<string, number>();

  /** How many pictures were taken so far: to be remembered when the row is asked, and handed in with the answer. */
  get taken(): number {
    return this.pictures;
  }

  /**
   * Takes a picture of the row. One asked for after the known one was taken is newer, whatever its version says: a database
   * restored from a backup counts from where it was. Of two asked for side by side the higher version counts.
   * @param askedAfter `taken` at the moment the row was asked
   */
  accept(snapshot: CampaignSnapshot, askedAfter: number): void {
    if (askedAfter < this.pictures && snapshot.version < this.known.version) return;
    this.known = snapshot;
    this.pictures += 1;
    this.dirty = true;
    const pending = new Set(snapshot.milestones.map(({ key }) => key));
    for (const key of this.putOff.keys()) if (!pending.has(key)) this.putOff.delete(key);
  }

  /** Somebody says the row has changed. */
  nudge(): void {
    this.stale = true;
    this.dirty = true;
  }

  /** Whether to look anew at what to wait for; asking answers it. */
  takeChange(): { reload: boolean } {
    const reload = this.stale;
    this.stale = false;
    this.dirty = false;
    return { reload };
  }

  get changed(): boolean {
    return this.dirty;
  }

  /**
   * A milestone was tried. If it is due all the same, it is left alone until `until` (ms since the epoch), so that neither
   * does it spin nor keep those after it from their time.
   */
  tried(key: string, now: number, until: number): void {
    const still = this.known.milestones.find((milestone) => milestone.key === key);
    if (still && still.dueAt <= now) this.putOff.set(key, until);
  }

  /** The one to do next and when. A pause stops milestones; commands go on. */
  get next(): PendingMilestone | undefined {
    if (this.known.paused) return undefined;
    const [first] = this.known.milestones
      .map((milestone) => ({ ...milestone, dueAt: Math.max(milestone.dueAt, this.putOff.get(milestone.key) ?? 0) }))
      .sort((a, b) => a.dueAt - b.dueAt);
    return first;
  }

  /** Nothing is left to wait for: the group is fixed, or there will be none. */
  get ended(): boolean {
    return ['started', 'finished', 'cancelled'].includes(this.known.status);
  }
}
