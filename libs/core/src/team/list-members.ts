import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { iso } from '../db/instants.js';
import { allOf, olderThan, toPage, type Page, type PageRequest } from '../paging/index.js';
import { memberColumns, toMemberView, type MemberRow, type MemberView } from './views.js';

/** The members, newest first. @param filter `removed`: those who left, instead of those who are there */
export async function listMembers(tx: Tx, page: PageRequest, filter: { removed?: boolean | undefined } = {}): Promise<Page<MemberView>> {
  const where = allOf([olderThan(page.cursor, 'm'), { sql: `m.removed_at is ${filter.removed ? 'not ' : ''}null`, params: [] }]);
  const rows = await tx.em.execute<MemberRow[]>(
    `select ${memberColumns} from member m where ${where.sql} order by m.created_at desc, m.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), toMemberView);
}

/** @throws DomainError `not_found` */
export async function getMember(tx: Tx, memberId: string): Promise<MemberView> {
  const [row] = await tx.em.execute<MemberRow[]>(`select ${memberColumns} from member m where m.id = ?`, [memberId]);
  if (!row) throw new DomainError('not_found', { entity: 'member' });
  return toMemberView(row);
}
