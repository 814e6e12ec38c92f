import { DomainError } from '@sevenfold/domain/errors';
import type { Schedule } from '@sevenfold/domain/schedule';
import type { Tx } from '../db/tx.js';
import { WorkspaceSchedule } from './schedule.entity.js';

/** What one of the workspace's schedules says. @throws DomainError `invalid_fields` when there is none, or it is archived */
export async function scheduleDefinition(tx: Tx, scheduleId: string): Promise<Schedule> {
  const found = await tx.em.findOne(WorkspaceSchedule, { id: scheduleId, archivedAt: null });
  if (!found) throw new DomainError('invalid_fields', { fields: [{ path: 'scheduleId', message: 'There is no such schedule' }] });
  return found.definition;
}
