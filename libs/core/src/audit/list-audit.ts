import type { Actor } from '@sevenfold/domain/actors';
import type { Json } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../paging/index.js';

/** Who did what, and when. */
export interface AuditView {
  id: string;
  at: string;
  actor: Actor;
  action: string;
  entity: string;
  entityId: string;
  campaignId: string | null;
  data: Record<string, Json>;
  requestId: string | null;
}

export interface AuditFilter {
  campaignId?: string | undefined;
  entity?: string | undefined;
  entityId?: string | undefined;
  /** `noun.verb`, as in `application.moved`. */
  action?: string | undefined;
  memberId?: string | undefined;
}

interface Row {
  id: string;
  created_at: string;
  actor: Actor;
  action: string;
  entity: string;
  entity_id: string;
  campaign_id: string | null;
  data: Record<string, Json>;
  request_id: string | null;
}

const columns = 'a.id, a.created_at, a.actor, a.action, a.entity, a.entity_id, a.campaign_id, a.data, a.request_id';
const filters: Record<keyof AuditFilter, string> = {
  campaignId: 'a.campaign_id = ?',
  entity: 'a.entity = ?',
  entityId: 'a.entity_id = ?',
  action: 'a.action = ?',
  memberId: `a.actor ->> 'memberId' = ?`,
};

/** The audit log, newest first. */
export async function listAudit(tx: Tx, page: PageRequest, filter: AuditFilter = {}): Promise<Page<AuditView>> {
  const given = Object.keys(filters)
    .filter((key): key is keyof AuditFilter => key in filter)
    .flatMap((key): Condition[] => (filter[key] === undefined ? [] : [{ sql: filters[key], params: [filter[key]] }]));
  const where = allOf([olderThan(page.cursor, 'a'), ...given]);
  const rows = await tx.em.execute<Row[]>(
    `select ${columns} from audit_entry a where ${where.sql} order by a.created_at desc, a.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.created_at), id: row.id }), present);
}

function present(row: Row): AuditView {
  return {
    id: row.id,
    at: iso(row.created_at),
    actor: row.actor,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    campaignId: row.campaign_id,
    data: row.data,
    requestId: row.request_id,
  };
}
