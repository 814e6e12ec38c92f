import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import { likePattern } from '../db/like.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';
import { creatorColumns, hasAppSql, toCreatorView, type CreatorRow, type CreatorView } from './views.js';

export interface CreatorFilter {
  /** Part of the name or of a username, whatever its case. */
  q?: string | undefined;
  inNetwork?: boolean | undefined;
  newsletterOptIn?: boolean | undefined;
  hasApp?: boolean | undefined;
  platform?: string | undefined;
  country?: string | undefined;
}

/** The creators of the workspace, newest first. */
export async function listCreators(tx: Tx, page: PageRequest, filter: CreatorFilter = {}): Promise<Page<CreatorView>> {
  const where = allOf([whereCreators(filter), olderThan(page.cursor, 'c')]);
  const rows = await tx.em.execute<CreatorRow[]>(
    `select ${creatorColumns} from creator c where ${where.sql} order by c.created_at desc, c.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), toCreatorView);
}

/** @throws DomainError `not_found` */
export async function getCreator(tx: Tx, creatorId: string): Promise<CreatorView> {
  const [row] = await tx.em.execute<CreatorRow[]>(`select ${creatorColumns} from creator c where c.id = ? and c.erased_at is null`, [creatorId]);
  if (!row) throw new DomainError('not_found', { entity: 'creator' });
  return toCreatorView(row);
}

/** The same filter as a condition on `creator c`, for whoever chooses creators by it. */
export function whereCreators(filter: CreatorFilter): Condition {
  return allOf([{ sql: 'c.erased_at is null', params: [] }, ...conditions(filter)]);
}

const hasProfile = (test: string) => `exists (select 1 from creator_profile s where s.creator_id = c.id and ${test})`;

function conditions(filter: CreatorFilter): Condition[] {
  const found: Condition[] = [];
  const add = (value: unknown, sql: string, ...params: unknown[]) => value !== undefined && found.push({ sql, params });
  const like = likePattern(filter.q ?? '');
  add(filter.q, `c.name ilike ? or ${hasProfile('s.username ilike ?')}`, like, like);
  add(filter.inNetwork, 'c.in_network = ?', filter.inNetwork);
  add(filter.newsletterOptIn, 'c.newsletter_opt_in = ?', filter.newsletterOptIn);
  add(filter.hasApp, `${hasAppSql} = ?`, filter.hasApp);
  add(filter.platform, hasProfile('s.platform = ?'), filter.platform);
  add(filter.country, 'c.country = ?', filter.country);
  return found;
}
