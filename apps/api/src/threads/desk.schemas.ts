import { z } from 'zod';
import { instant } from '../http/fields.js';

export const threadChangeSchema = z
  .strictObject({
    assigneeId: z.uuid().nullable().optional().meta({ description: 'A member who reads the inbox; null for nobody' }),
    snoozedUntil: instant.nullable().optional().meta({ description: 'When it comes back, UTC, ISO 8601; null brings it back now' }),
  })
  .refine((change) => Object.keys(change).length > 0, 'Say what is to change: assigneeId, snoozedUntil')
  .meta({ id: 'ThreadChange' });
export type ThreadChange = z.infer<typeof threadChangeSchema>;

const count = z.int().min(0);
export const threadCountsSchema = z
  .object({
    unread: count,
    waiting: count.meta({ description: 'The last human message is the creator’s' }),
    overdue: count.meta({ description: 'Of those waiting: the time to answer is over' }),
    mine: count.meta({ description: 'Of those waiting: given to me' }),
    nobodys: count.meta({ description: 'Of those waiting: given to nobody' }),
    snoozed: count,
    most: z.int().meta({ description: 'A number as high as this stands for that many or more' }),
  })
  .meta({ id: 'ThreadCounts' });
