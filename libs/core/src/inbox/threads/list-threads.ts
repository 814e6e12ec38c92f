import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../../db/instants.js';
import { readPage } from '../../db/read-page.js';
import type { Tx } from '../../db/tx.js';
import { allOf, readInstantCursor, toPage, type Condition, type Page, type PageRequest } from '../../paging/index.js';
import { checkChannel } from './check-channel.js';
import { facetsOf, threadConditions, type ThreadFilter } from './thread-filter.js';
import { besideThread, presentThread, threadColumns, threadTables, type ThreadRow } from './thread-row.js';
import type { ThreadView } from './thread-view.js';

/**
 * The inbox, the latest message first. One walk along one index, because the thread's row carries all that is shown and each
 * facet has the threads in this order; further conditions are asked on the way.
 * @param more further conditions on the thread `t` alone; they are asked before anything is read of its creator
 * @throws DomainError `invalid_fields` for a cursor that is not ours, or a channel there is not
 */
export async function listThreads(tx: Tx, page: PageRequest, filter: ThreadFilter = {}, more: readonly Condition[] = []): Promise<Page<ThreadView>> {
  await checkChannel(tx, filter.channel);
  const walk = walkOf(tx, page, filter);
  const rows = await (more.length === 0 ? walkAlong(tx, walk, page) : walkAsking(tx, walk, page, more));
  return toPage(rows, page.limit, positionOf, presentThread);
}

/**
 * The same, looking at the next `depth` threads of the filter only.
 * @returns `complete` when looking further would not change the page: it is full, or there are no more threads
 */
export async function listThreadsNearby(
  tx: Tx, page: PageRequest, filter: ThreadFilter, more: readonly Condition[], depth: number,
): Promise<{ found: Page<ThreadView>; complete: boolean }> {
  await checkChannel(tx, filter.channel);
  const walk = walkOf(tx, page, filter);
  const found = toPage(await walkAsking(tx, walk, page, more, depth), page.limit, positionOf, presentThread);
  return { found, complete: found.nextCursor !== null || !(await goesOn(tx, walk, depth)) };
}

async function goesOn(tx: Tx, { from, where, order }: Walk, depth: number): Promise<boolean> {
  const rows = await tx.em.execute<object[]>(`select 1 from ${from} where ${where.sql} order by ${order} limit 1 offset ?`, [...where.params, depth]);
  return rows.length > 0;
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
export const positionOf = (row: ThreadRow) => ({ key: iso(row.last_message_at), id: row.id });

/** Along which index, and what is asked of each thread on the way. */
interface Walk {
  from: string;
  where: Condition;
  /** The instant the index is sorted by, and the order itself. */
  at: string;
  order: string;
}

function walkOf(tx: Tx, page: PageRequest, filter: ThreadFilter): Walk {
  const [facet, ...others] = facetsOf(filter);
  const [at, id] = facet === undefined ? ['t.last_message_at', 't.id'] : ['f.last_message_at', 'f.thread_id'];
  return {
    from: facet === undefined ? 'thread t' : 'thread_facet f join thread t on t.id = f.thread_id',
    where: allOf([
      ...(facet === undefined ? [] : [{ sql: 'f.facet = ?', params: [facet] }]),
      { sql: 't.last_message_at is not null', params: [] },
      ...after(page.cursor, at, id),
      ...threadConditions(filter, tx.now),
      ...others.map((each) => ({ sql: 'exists (select 1 from thread_facet o where o.thread_id = t.id and o.facet = ?)', params: [each] })),
    ]),
    at,
    order: `${at} desc, ${id} desc`,
  };
}

function walkAlong(tx: Tx, { from, where, order }: Walk, page: PageRequest): Promise<ThreadRow[]> {
  return readPage<ThreadRow>(tx, `select ${threadColumns} from ${from} ${besideThread} where ${where.sql} order by ${order}`, where.params, page.limit + 1);
}

/**
 * The threads come out of the inner walk in their order, so asking ends where the page is full. The creators are joined to what is left
 * of them: together with conditions nobody can estimate, the planner would rather read all creators.
 */
function walkAsking(tx: Tx, { from, where, at, order }: Walk, page: PageRequest, more: readonly Condition[], depth?: number): Promise<ThreadRow[]> {
  const further = allOf(more);
  const [end, ends] = depth === undefined ? ['', []] : ['limit ?', [depth]];
  return tx.em.execute<ThreadRow[]>(
    `select ${threadColumns} from (
       select t.* from (select t.*, ${at} as walked_at from ${from} where ${where.sql} order by ${order} ${end}) t
        where ${further.sql} order by t.walked_at desc, t.id desc limit ?) t ${besideThread}
      order by t.walked_at desc, t.id desc`,
    [...where.params, ...ends, ...further.params, page.limit + 1],
  );
}

function after(cursor: string | undefined, instant: string, id: string): Condition[] {
  const position = readInstantCursor(cursor);
  return position === null ? [] : [{ sql: `(${instant}, ${id}) < (?::timestamptz, ?::uuid)`, params: [position.key, position.id] }];
}
