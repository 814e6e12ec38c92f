import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { allOf, readInstantCursor, toPage, type Condition, type Page, type PageRequest } from '../../paging/index.js';
import { facetsOf, threadConditions, type ThreadFilter } from './thread-filter.js';
import { presentThread, threadColumns, threadTables, type ThreadRow } from './thread-row.js';
import type { ThreadView } from './thread-view.js';

/**
 * The inbox, the latest message first. One walk along one index, because the thread's row carries all that is shown and each
 * facet has the threads in this order; further conditions are asked on the way.
 * @param more further conditions on the thread `t`
 */
export async function listThreads(tx: Tx, page: PageRequest, filter: ThreadFilter = {}, more: readonly Condition[] = []): Promise<Page<ThreadView>> {
  const [facet, ...others] = facetsOf(filter);
  const conditions = [
    ...threadConditions(filter, tx.now),
    ...others.map((each) => ({ sql: 'exists (select 1 from thread_facet o where o.thread_id = t.id and o.facet = ?)', params: [each] })),
    ...more,
  ];
  const rows = await (facet === undefined ? walkThreads(tx, page, conditions) : walkFacet(tx, page, facet, conditions));
  return toPage(rows, page.limit, positionOf, presentThread);
}

/** @throws DomainError `not_found` also for a thread without a message */
export async function getThread(tx: Tx, threadId: string): Promise<ThreadView> {
  const [row] = await tx.em.execute<ThreadRow[]>(
    `select ${threadColumns} from ${threadTables} where t.id = ? and t.last_message_at is not null`,
    [threadId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'thread' });
  return presentThread(row);
}

/** Where a page ends: the next one begins after this thread. */
export const positionOf = (row: ThreadRow) => ({ key: rawInstant(row.last_message_at).toISOString(), id: row.id });

function walkThreads(tx: Tx, page: PageRequest, conditions: readonly Condition[]): Promise<ThreadRow[]> {
  const where = allOf([{ sql: 't.last_message_at is not null', params: [] }, ...after(page.cursor, 't.last_message_at', 't.id'), ...conditions]);
  return tx.em.execute<ThreadRow[]>(
    `select ${threadColumns} from ${threadTables} where ${where.sql} order by t.last_message_at desc, t.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
}

function walkFacet(tx: Tx, page: PageRequest, facet: string, conditions: readonly Condition[]): Promise<ThreadRow[]> {
  const where = allOf([
    { sql: 'f.facet = ? and t.last_message_at is not null', params: [facet] }, ...after(page.cursor, 'f.last_message_at', 'f.thread_id'), ...conditions,
  ]);
  return tx.em.execute<ThreadRow[]>(
    `select ${threadColumns} from thread_facet f join ${threadTables.replace('thread t', 'thread t on t.id = f.thread_id')}
      where ${where.sql} order by f.last_message_at desc, f.thread_id desc limit ?`,
    [...where.params, page.limit + 1],
  );
}

function after(cursor: string | undefined, instant: string, id: string): Condition[] {
  const position = readInstantCursor(cursor);
  return position === null ? [] : [{ sql: `(${instant}, ${id}) < (?::timestamptz, ?::uuid)`, params: [position.key, position.id] }];
}
