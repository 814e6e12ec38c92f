import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Schedule as ScheduleDefinition } from '@sevenfold/domain/schedule';

/** A schedule a workspace keeps for its campaigns (E8). */
const WorkspaceScheduleSchema = defineEntity({
  name: 'WorkspaceSchedule',
  tableName: 'workspace_schedule',
  properties: {
    ...tenantRow,
    name: p.text(),
    definition: p.json<ScheduleDefinition>(),
    archivedAt: instant().nullable(),
  },
  uniques: [{ properties: ['workspaceId', 'name'] }],
});
export class WorkspaceSchedule extends WorkspaceScheduleSchema.class {}
WorkspaceScheduleSchema.setClass(WorkspaceSchedule);
