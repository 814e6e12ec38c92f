import { messageKinds } from '@sevenfold/core/inbox';
import { deliveryStatuses } from '@sevenfold/domain/delivery';
import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

export const broadcastSchema = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid().nullable(),
    kind: z.enum(messageKinds),
    status: z.enum(['queued', 'sending', 'done', 'cancelled']),
    total: z.int(),
    counts: z.record(z.enum(deliveryStatuses), z.int()).meta({ description: 'Recipients by what became of their message' }),
    authorMemberId: z.uuid().nullable(),
    createdAt: instant,
    doneAt: instant.nullable(),
  })
  .meta({ id: 'Broadcast' });

export const broadcastMessageQuery = pageQuery.extend({ status: z.enum(deliveryStatuses).optional() });
export type BroadcastMessageQuery = z.infer<typeof broadcastMessageQuery>;
