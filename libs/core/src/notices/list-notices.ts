import { DomainError, type Json } from '@sevenfold/domain/errors';
import type { NoticeKind } from '@sevenfold/domain/notices';
import { audit } from '../audit/audit.js';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';
import { wordNotice } from './wording.js';

/** `told` asks for nothing; `open` waits for a person; `done` was answered. */
export type NoticeStatus = 'told' | 'open' | 'done';

/** Something the team was told or asked. */
export interface NoticeView {
  id: string;
  kind: NoticeKind;
  status: NoticeStatus;
  /** Worded for people. */
  text: string;
  campaignId: string | null;
  creatorId: string | null;
  refId: string | null;
  /** The member it is for; null for the whole team. */
  forMemberId: string | null;
  data: Record<string, Json>;
  createdAt: Date;
  doneAt: Date | null;
}

export interface NoticeFilter {
  status?: NoticeStatus | undefined;
  kind?: NoticeKind | undefined;
  campaignId?: string | undefined;
  /** What is for this member, and for nobody else. */
  forMemberId?: string | undefined;
}

interface Row {
  id: string;
  kind: NoticeKind;
  status: NoticeStatus;
  campaign_id: string | null;
  creator_id: string | null;
  ref_id: string | null;
  for_member_id: string | null;
  data: Record<string, Json>;
  created_at: string;
  done_at: string | null;
  time_zone: string | null;
  locale: string;
}

const select = `
  select n.id, n.kind, n.status, n.campaign_id, n.creator_id, n.ref_id, n.for_member_id, n.data, n.created_at, n.done_at,
         coalesce(c.time_zone, w.time_zone) as time_zone, w.locale
    from notice n join workspace w on w.id = n.workspace_id left join campaign c on c.id = n.campaign_id`;

/** What the team was told and asked, the latest first. */
export async function listNotices(tx: Tx, page: PageRequest, filter: NoticeFilter = {}): Promise<Page<NoticeView>> {
  const where = allOf([...conditions(filter), olderThan(page.cursor, 'n')]);
  const rows = await tx.em.execute<Row[]>(`${select} where ${where.sql} order by n.created_at desc, n.id desc limit ?`, [
    ...where.params, page.limit + 1,
  ]);
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), present);
}

/**
 * A member says that a question is settled; one that is settled already, or asked nothing, stays as it is.
 * @throws DomainError `not_found`
 */
export async function markNoticeDone(tx: Tx, noticeId: string): Promise<NoticeView> {
  const changed = await tx.em.execute<{ campaign_id: string | null }[]>(
    `update notice set status = 'done', done_at = ? where id = ? and status = 'open' returning campaign_id`,
    [tx.now, noticeId],
  );
  const [first] = changed;
  if (first) {
    audit(tx, { action: 'notice.answered', entity: 'notice', entityId: noticeId, campaignId: first.campaign_id });
    await tx.em.flush();
  }
  const [row] = await tx.em.execute<Row[]>(`${select} where n.id = ?`, [noticeId]);
  if (!row) throw new DomainError('not_found', { entity: 'notice' });
  return present(row);
}

function conditions({ status, kind, campaignId, forMemberId }: NoticeFilter): Condition[] {
  return [
    ...(status === undefined ? [] : [{ sql: 'n.status = ?', params: [status] }]),
    ...(kind === undefined ? [] : [{ sql: 'n.kind = ?', params: [kind] }]),
    ...(forMemberId === undefined ? [] : [{ sql: 'n.for_member_id = ?', params: [forMemberId] }]),
    ...(campaignId === undefined ? [] : [{ sql: 'n.campaign_id = ?', params: [campaignId] }]),
  ];
}

function present(row: Row): NoticeView {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    text: wordNotice({ kind: row.kind, data: row.data, timeZone: row.time_zone, locale: row.locale }),
    campaignId: row.campaign_id,
    creatorId: row.creator_id,
    refId: row.ref_id,
    forMemberId: row.for_member_id,
    data: row.data,
    createdAt: rawInstant(row.created_at),
    doneAt: rawInstantOrNull(row.done_at),
  };
}
