import type { Schedule } from '@sevenfold/domain/schedule';
import type { WorkspaceSchedule } from './schedule.entity.js';

/** A schedule of a workspace. Instants are UTC, ISO 8601. */
export interface ScheduleView {
  id: string;
  name: string;
  schedule: Schedule;
  createdAt: string;
  archivedAt: string | null;
}

export function toScheduleView({ id, name, definition, createdAt, archivedAt }: WorkspaceSchedule): ScheduleView {
  return { id, name, schedule: definition, createdAt: createdAt.toISOString(), archivedAt: archivedAt?.toISOString() ?? null };
}
