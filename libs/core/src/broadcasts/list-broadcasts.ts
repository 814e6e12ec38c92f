import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';
import type { BroadcastStatus } from './broadcast.entity.js';
import { lineColumns, toLine, type BroadcastLine, type LineRow } from './get-broadcast.js';

export interface BroadcastFilter {
  status?: BroadcastStatus | undefined;
  campaignId?: string | undefined;
  /** Only what the team wrote, which is without newsletters and the like. */
  byTeam?: boolean | undefined;
}

/** The messages to many, newest first. */
export async function listBroadcasts(tx: Tx, page: PageRequest, { status, campaignId, byTeam }: BroadcastFilter = {}): Promise<Page<BroadcastLine>> {
  const where = allOf([
    olderThan(page.cursor, 'b'),
    ...(status === undefined ? [] : [{ sql: 'b.status = ?', params: [status] }]),
    ...(campaignId === undefined ? [] : [{ sql: 'b.campaign_id = ?', params: [campaignId] }]),
    ...(byTeam === undefined ? [] : [{ sql: `(b.kind in ('bulk', 'group')) = ?`, params: [byTeam] } satisfies Condition]),
  ]);
  const rows = await tx.em.execute<LineRow[]>(
    `select ${lineColumns} from broadcast b where ${where.sql} order by b.created_at desc, b.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), toLine);
}
