import type { CampaignStatus } from '@sevenfold/domain/campaigns';
import type { MilestoneAction } from '@sevenfold/domain/schedule';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Page, type PageRequest } from '../paging/index.js';
import { visibleCampaigns } from '../team/visibility.js';

export interface CampaignFilter {
  status?: CampaignStatus;
  clientId?: string;
}

/** A campaign as one line of a list. Instants are UTC, ISO 8601. */
export interface CampaignLine {
  id: string;
  name: string | null;
  clientId: string | null;
  status: CampaignStatus;
  paused: boolean;
  startsOn: string | null;
  endsOn: string | null;
  timeZone: string | null;
  createdAt: string;
  publishedAt: string | null;
  closesAt: string | null;
  next: { key: string; action: MilestoneAction; at: string } | null;
}

interface Row {
  id: string;
  name: string | null;
  client_id: string | null;
  status: CampaignStatus;
  paused_at: string | null;
  starts_on: string | null;
  ends_on: string | null;
  time_zone: string | null;
  created_at: string;
  published_at: string | null;
  closes_at: string | null;
  next_key: string | null;
  next_action: MilestoneAction | null;
  next_at: string | null;
}

/** The workspace's campaigns, newest first. Client reviewers get their client's. */
export async function listCampaigns(tx: Tx, filter: CampaignFilter, page: PageRequest): Promise<Page<CampaignLine>> {
  const where = allOf([
    visibleCampaigns(tx, 'c'),
    olderThan(page.cursor, 'c'),
    ...(filter.status ? [{ sql: 'c.status = ?', params: [filter.status] }] : []),
    ...(filter.clientId ? [{ sql: 'c.client_id = ?', params: [filter.clientId] }] : []),
  ]);
  const rows = await tx.em.execute<Row[]>(
    `select c.id, c.name, c.client_id, c.status, c.paused_at, c.starts_on::text, c.ends_on::text, c.time_zone, c.created_at,
            c.published_at, c.closes_at, m.key as next_key, m.action as next_action, m.due_at as next_at
       from campaign c left join lateral (
         select key, action, due_at from campaign_milestone
          where campaign_id = c.id and status = 'pending' order by due_at, position limit 1) m on true
      where ${where.sql} order by c.created_at desc, c.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), toLine);
}

function toLine(row: Row): CampaignLine {
  const next = row.next_key !== null && row.next_action !== null && row.next_at !== null
    ? { key: row.next_key, action: row.next_action, at: rawInstant(row.next_at).toISOString() }
    : null;
  return {
    id: row.id,
    name: row.name,
    clientId: row.client_id,
    status: row.status,
    paused: row.paused_at !== null,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    timeZone: row.time_zone,
    createdAt: rawInstant(row.created_at).toISOString(),
    publishedAt: rawInstantOrNull(row.published_at)?.toISOString() ?? null,
    closesAt: rawInstantOrNull(row.closes_at)?.toISOString() ?? null,
    next,
  };
}
