import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { findSchedule } from './get-schedule.js';

/**
 * Takes a schedule out of use. Running campaigns keep their frozen copy; a draft that names it needs another one.
 * Archiving twice is fine.
 * @throws DomainError `not_found`
 */
export async function archiveSchedule(tx: Tx, id: string): Promise<void> {
  const schedule = await findSchedule(tx, id);
  if (schedule.archivedAt) return;
  schedule.archivedAt = tx.now;
  audit(tx, { action: 'schedule.archived', entity: 'workspace_schedule', entityId: id, data: { name: schedule.name } });
  await tx.em.flush();
}
