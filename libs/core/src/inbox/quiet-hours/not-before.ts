import { quietUntil, zonesOf } from '@sevenfold/domain/quiet-hours';
import type { Tx } from '../../db/tx.js';
import { messagingSettings } from '../../workspaces/messaging-settings.js';

/** Something that is about to reach a creator. */
export interface Disturbance {
  creatorId: string;
  /** Whether it disturbs at all: a channel's trait, or a notification on a device. */
  disturbs: boolean;
  /** Its author wants it to, whatever the hour. */
  ignoreQuietHours: boolean;
}

/**
 * When each of these may reach its creator, by the clock where they live; null: now. Asked in one go for as many as one likes, and not at
 * all where nothing disturbs.
 */
export async function notBeforeFor(tx: Tx, wanted: readonly Disturbance[]): Promise<(Date | null)[]> {
  const asked = wanted.filter(({ disturbs, ignoreQuietHours }) => disturbs && !ignoreQuietHours);
  if (asked.length === 0) return wanted.map(() => null);
  const { quietHours, timeZone } = await messagingSettings(tx);
  if (quietHours === null) return wanted.map(() => null);
  const rows = await tx.em.execute<{ id: string; timeZone: string | null; country: string | null }[]>(
    'select id, time_zone as "timeZone", country from creator where id in (?)',
    [[...new Set(asked.map(({ creatorId }) => creatorId))]],
  );
  const creators = new Map(rows.map(({ id, ...where }) => [id, where]));
  const known = new Map<string, Date | null>(); // of thousands of creators most live in the same few places
  return wanted.map(({ creatorId, disturbs, ignoreQuietHours }) => {
    if (!disturbs || ignoreQuietHours) return null;
    const where = creators.get(creatorId) ?? { timeZone: null, country: null };
    const place = `${where.timeZone} ${where.country}`;
    const found = known.get(place);
    if (found !== undefined) return found;
    const end = quietUntil(tx.now.getTime(), zonesOf({ ...where, workspaceTimeZone: timeZone }), quietHours);
    const until = end === null ? null : new Date(end);
    known.set(place, until);
    return until;
  });
}
