import { scheduleSchema } from '@sevenfold/domain/schedule';
import { z } from 'zod';

/** With an offset it is that instant; without one it is a wall-clock time in the campaign's zone. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true })], {
  error: 'Use a date and time such as 2026-11-27T09:00 (in the campaign’s zone) or 2026-11-27T08:00:00Z',
});

/** Another schedule from now on, or other moments for milestones still ahead. */
export const rescheduleSchema = z
  .strictObject({
    /** One of the workspace's own schedules. */
    scheduleId: z.uuid().optional(),
    schedule: scheduleSchema.optional(),
    milestones: z.array(z.strictObject({ key: z.string().min(1).max(40), at: moment })).min(1).max(60).optional(),
  })
  .refine((input) => Object.values(input).filter((value) => value !== undefined).length === 1, {
    error: 'Give exactly one of scheduleId, schedule and milestones',
  })
  .meta({ id: 'CampaignReschedule' });
export type RescheduleInput = z.infer<typeof rescheduleSchema>;
