import { scheduleSchema } from '@sevenfold/domain/schedule';
import { z } from 'zod';
import { instant, name } from '../http/fields.js';

export const workspaceScheduleSchema = z
  .object({ id: z.uuid(), name: z.string(), schedule: scheduleSchema, createdAt: instant, archivedAt: instant.nullable() })
  .meta({ id: 'WorkspaceSchedule', description: 'A schedule the workspace keeps for its campaigns' });

export const createScheduleSchema = z.strictObject({ name, schedule: scheduleSchema }).meta({ id: 'CreateSchedule' });
export type CreateSchedule = z.infer<typeof createScheduleSchema>;
