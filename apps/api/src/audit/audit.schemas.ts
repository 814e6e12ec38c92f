import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

export const auditSchema = z
  .object({
    id: z.uuid(),
    at: instant,
    actor: z.looseObject({ kind: z.enum(['member', 'creator', 'system']), via: z.string() }).meta({
      id: 'Actor',
      description: 'Who acted and through which door; memberId or creatorId by kind',
    }),
    action: z.string().meta({ examples: ['application.moved'] }),
    entity: z.string(),
    entityId: z.uuid(),
    campaignId: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const auditQuery = pageQuery.extend({
  campaignId: z.uuid().optional(),
  entity: z.string().max(60).optional(),
  entityId: z.uuid().optional(),
  action: z.string().max(60).optional(),
  memberId: z.uuid().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;
