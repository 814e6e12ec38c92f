import { z } from 'zod';
import { facetsOf, threadConditions, type ThreadFilter } from '../../inbox/threads/thread-filter.js';
import { allOf, type Condition } from '../../paging/index.js';

/** The inbox as it is filtered: what GET /v1/threads takes, as JSON; without the words of a search, which no set of creators can be frozen from. */
export const inboxSchema = z.strictObject({
  unread: z.boolean().optional(),
  waiting: z.boolean().optional().meta({ description: 'The last human message is the creator’s, and needs an answer' }),
  overdue: z.boolean().optional().meta({ description: 'The time to answer is over' }),
  assignee: z.union([z.uuid('Give the id of a member, `me` for your own threads, or `none` for those that are nobody’s'), z.enum(['me', 'none'])]).optional()
    .meta({ description: 'A member’s id, `me` (kept as your id), or `none` for threads that are nobody’s' }),
  snoozed: z.union([z.boolean(), z.literal('all')], 'Give true, false or `all`').default(false).meta({ description: 'What is snoozed is left out unless asked for, as in the inbox' }),
  campaignId: z.uuid().optional().meta({ description: 'Threads with a message of this campaign' }),
  clientId: z.uuid().optional().meta({ description: 'Threads with a message of a campaign of this client' }),
  creatorId: z.uuid().optional(),
  channel: z.string().min(1).max(40).optional().meta({ description: 'Threads with a message over this channel' }),
});
export type InboxSelection = z.infer<typeof inboxSchema>;

/** The creators whose threads the inbox shows at this moment, as a subquery with the column `id`. */
export function selectFromInbox({ snoozed, ...rest }: InboxSelection, now: Date): Condition {
  const filter: ThreadFilter = { ...rest, snoozed: snoozed === 'all' ? undefined : snoozed };
  const where = allOf([
    { sql: 'c.erased_at is null', params: [] },
    { sql: 't.last_message_at is not null', params: [] },
    ...threadConditions(filter, now),
    ...facetsOf(filter).map((each) => ({ sql: 'exists (select 1 from thread_facet f where f.thread_id = t.id and f.facet = ?)', params: [each] })),
  ]);
  return { sql: `select c.id from thread t join creator c on c.id = t.creator_id where ${where.sql}`, params: where.params };
}
