import { DomainError } from '@sevenfold/domain/errors';
import type { Schedule } from '@sevenfold/domain/schedule';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { findSchedule } from './get-schedule.js';
import { toScheduleView, type ScheduleView } from './schedule-view.js';

/**
 * Keeps a schedule for the workspace's campaigns (E8). It is never changed, so that what a draft was given stays what it
 * was: archive it and make another one.
 * @throws DomainError `invalid_fields` when the name is taken, also by an archived one
 */
export async function createSchedule(tx: Tx, input: { name: string; schedule: Schedule }): Promise<ScheduleView> {
  const id = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into workspace_schedule (id, workspace_id, created_at, name, definition)
     values (?, ?, ?, ?, ?::jsonb) on conflict (workspace_id, name) do nothing returning id`,
    [id, tx.workspaceId, tx.now, input.name, JSON.stringify(input.schedule)],
  );
  if (inserted.length === 0) throw new DomainError('invalid_fields', { fields: [{ path: 'name', message: 'This name is taken' }] });
  audit(tx, { action: 'schedule.created', entity: 'workspace_schedule', entityId: id, data: { name: input.name } });
  return toScheduleView(await findSchedule(tx, id));
}
