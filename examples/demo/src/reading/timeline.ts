import type { Stage } from '../stage.ts';
import { eventually } from '../telling/eventually.ts';

export interface TimelineEntry {
  action: string;
  title: string;
  by: { name: string } | null;
  data: Record<string, unknown>;
}

interface Timeline {
  data: TimelineEntry[];
  next: { action: string; title: string }[];
}

/** What happened, newest first, and what comes next. */
export const readTimeline = ({ team, campaignId }: Stage): Promise<Timeline> =>
  team.mia.api.get(`/v1/campaigns/${campaignId}/timeline?limit=200`);

/** Waits until something stands in the timeline. */
export async function waitForEntry(
  stage: Stage, fits: (entry: TimelineEntry) => boolean, timeoutMs?: number,
): Promise<TimelineEntry | undefined> {
  const found = await eventually(() => readTimeline(stage), ({ data }) => data.some(fits), timeoutMs);
  return found.data.find(fits);
}

export const actionIs = (action: string) => (entry: TimelineEntry) => entry.action === action;

/** A milestone that was done, by its action. */
export const milestoneDone = (action: string) => (entry: TimelineEntry) =>
  entry.action === 'milestone.done' && entry.data.action === action;
