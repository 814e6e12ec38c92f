export { archiveSchedule } from './archive-schedule.js';
export { createSchedule } from './create-schedule.js';
export { getSchedule } from './get-schedule.js';
export { listSchedules } from './list-schedules.js';
export type { ScheduleView } from './schedule-view.js';
