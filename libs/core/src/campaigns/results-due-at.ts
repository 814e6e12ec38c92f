import { day, instantOfLocal, scaleWindow } from '@sevenfold/domain/schedule';
import type { Campaign } from './campaign.entity.js';

/** The group has a week for a first post, and until the campaign's last day if that is later. */
const weekMs = 7 * day;

/** When the creators of the group are asked for their results. A shorter day shrinks it like every other window. */
export function resultsDueAt({ schedule, endsOn, timeZone }: Pick<Campaign, 'schedule' | 'endsOn' | 'timeZone'>, startedAt: Date): Date {
  const from = startedAt.getTime();
  if (!schedule || schedule.day !== 'calendar' || !endsOn || !timeZone) {
    return new Date(from + scaleWindow(weekMs, schedule ?? { day: 'calendar' }));
  }
  return new Date(Math.max(from + weekMs, instantOfLocal(`${endsOn}T09:00`, timeZone)));
}
