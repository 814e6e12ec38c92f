import type { Actor } from '@sevenfold/domain/actors';
import { DomainError } from '@sevenfold/domain/errors';
import { nameActors, type NamedActor } from '../audit/named-actor.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';

/** A request to customer success. Instants are UTC, ISO 8601. */
export interface CustomerSuccessRequestView {
  id: string;
  campaignId: string;
  creator: { id: string; name: string };
  reason: string;
  /** What the creator lacked when it was asked. */
  missing: { field: string; need?: string; have?: string | null }[];
  status: 'open' | 'added' | 'refused';
  requestedBy: NamedActor | null;
  createdAt: string;
  resolved: { at: string; by: NamedActor | null; reason: string | null } | null;
}

interface Row {
  id: string;
  campaignId: string;
  creatorId: string;
  creatorName: string;
  reason: string;
  missing: CustomerSuccessRequestView['missing'];
  status: CustomerSuccessRequestView['status'];
  requestedBy: Actor;
  createdAt: string;
  resolvedAt: string | null;
  resolvedBy: Actor | null;
  resolution: string | null;
}

const select = `
  select r.id, r.campaign_id as "campaignId", r.creator_id as "creatorId", c.name as "creatorName", r.reason, r.missing, r.status,
         r.requested_by as "requestedBy", r.created_at as "createdAt", r.resolved_at as "resolvedAt", r.resolved_by as "resolvedBy", r.resolution
    from customer_success_request r join creator c on c.id = r.creator_id`;

/** The requests of a campaign, oldest first. @throws DomainError `not_found` */
export async function listCustomerSuccessRequests(
  tx: Tx,
  campaignId: string,
  status?: CustomerSuccessRequestView['status'],
): Promise<CustomerSuccessRequestView[]> {
  await findCampaign(tx, campaignId);
  const rows = await tx.em.execute<Row[]>(
    `${select} where r.campaign_id = ? ${status ? 'and r.status = ?' : ''} order by r.created_at, r.id limit 1000`,
    status ? [campaignId, status] : [campaignId],
  );
  return present(tx, rows);
}

/** One request. @throws DomainError `not_found` */
export async function getCustomerSuccessRequest(tx: Tx, requestId: string): Promise<CustomerSuccessRequestView> {
  await tx.em.flush();
  const [view] = await present(tx, await tx.em.execute<Row[]>(`${select} where r.id = ?`, [requestId]));
  if (!view) throw new DomainError('not_found', { entity: 'customer_success_request' });
  await findCampaign(tx, view.campaignId);
  return view;
}

async function present(tx: Tx, rows: readonly Row[]): Promise<CustomerSuccessRequestView[]> {
  const nameOf = await nameActors(tx, rows.flatMap(({ requestedBy, resolvedBy }) => [requestedBy, resolvedBy]));
  return rows.map((row) => ({
    id: row.id,
    campaignId: row.campaignId,
    creator: { id: row.creatorId, name: row.creatorName },
    reason: row.reason,
    missing: row.missing,
    status: row.status,
    requestedBy: nameOf(row.requestedBy),
    createdAt: iso(row.createdAt),
    resolved: row.resolvedAt === null ? null : { at: iso(row.resolvedAt), by: nameOf(row.resolvedBy), reason: row.resolution },
  }));
}
