import { minute, type Schedule } from './schedule.js';

/** The seven days of E8. */
export const defaultSchedule: Schedule = {
  day: 'calendar',
  milestones: [
    { key: 'story', action: 'post-story', moment: { afterMs: 5 * minute }, lateness: 'run' },
    { key: 'select', action: 'remind-select', moment: { day: 3, at: '09:00' }, lateness: 'drop' },
    { key: 'invite', action: 'remind-invite', moment: { day: 4, at: '09:00' }, lateness: 'drop' },
    { key: 'agreements', action: 'remind-agreements', moment: { day: 5, at: '09:00' }, lateness: 'drop' },
    { key: 'summary', action: 'summary', moment: { day: 6, at: '09:00' }, lateness: 'drop' },
    { key: 'close', action: 'close', moment: { day: 7, at: '09:00' }, lateness: 'run' },
  ],
};
