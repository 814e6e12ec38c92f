import type { Tx } from '../db/tx.js';
import { readCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import { WorkspaceSchedule } from './schedule.entity.js';
import { toScheduleView, type ScheduleView } from './schedule-view.js';

/** The workspace's own schedules in use, by name. The default is not among them: it belongs to nobody. */
export async function listSchedules(tx: Tx, page: PageRequest): Promise<Page<ScheduleView>> {
  const after = readCursor(page.cursor);
  const rows = await tx.em.find(
    WorkspaceSchedule,
    { archivedAt: null, ...(after ? { name: { $gt: after.key } } : {}) },
    { orderBy: { name: 1 }, limit: page.limit + 1 },
  );
  return toPage(rows, page.limit, ({ name, id }) => ({ key: name, id }), toScheduleView);
}
