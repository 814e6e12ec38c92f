import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { WorkspaceSchedule } from './schedule.entity.js';
import { toScheduleView, type ScheduleView } from './schedule-view.js';

/** @throws DomainError `not_found` */
export async function getSchedule(tx: Tx, id: string): Promise<ScheduleView> {
  return toScheduleView(await findSchedule(tx, id));
}

/** The row. @throws DomainError `not_found` */
export async function findSchedule(tx: Tx, id: string): Promise<WorkspaceSchedule> {
  const found = await tx.em.findOne(WorkspaceSchedule, { id });
  if (!found) throw new DomainError('not_found', { entity: 'schedule' });
  return found;
}
