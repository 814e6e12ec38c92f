import type { CampaignSnapshot, PendingMilestone } from '../activities.js';

/** What the campaign's workflow knows and what follows from it. Pure, so it is tested without an engine. */
export class CampaignState {
  private known: CampaignSnapshot = { version: -1, status: 'draft', paused: false, milestones: [] };
  private dirty = false;
  private stale = false;

  /** Takes a picture of the row; an older one than the known is ignored, answers may arrive out of order. */
  accept(snapshot: CampaignSnapshot): void {
    if (snapshot.version < this.known.version) return;
    this.known = snapshot;
    this.dirty = true;
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

  /** A pause stops milestones; commands go on. */
  get next(): PendingMilestone | undefined {
    return this.known.paused ? undefined : this.known.milestones[0];
  }

  /** Nothing is left to wait for: the group is fixed, or there will be none. */
  get ended(): boolean {
    return ['started', 'finished', 'cancelled'].includes(this.known.status);
  }
}
