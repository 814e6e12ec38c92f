import { noticeKinds } from '@sevenfold/domain/notices';
import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery, queryFlag } from '../http/page-query.js';

const status = z.enum(['told', 'open', 'done']).meta({ description: 'told: asks for nothing; open: waits for somebody; done: settled' });
const kind = z.enum(noticeKinds);

export const noticeSchema = z
  .object({
    id: z.uuid(),
    kind,
    status,
    text: z.string().meta({ description: 'Worded for people, in the workspace’s language' }),
    campaignId: z.uuid().nullable(),
    creatorId: z.uuid().nullable(),
    refId: z.uuid().nullable().meta({ description: 'The agreement, invite, message … it is about' }),
    forMemberId: z.uuid().nullable().meta({ description: 'The member it is for; null for the whole team' }),
    data: z.record(z.string(), z.unknown()),
    createdAt: instant,
    doneAt: instant.nullable(),
  })
  .meta({ id: 'Notice' });

export const noticeQuery = pageQuery.extend({ status: status.optional(), kind: kind.optional(), campaignId: z.uuid().optional(), mine: queryFlag.optional().meta({ description: 'What is for me alone' }) });
export type NoticeQuery = z.infer<typeof noticeQuery>;
