import { DomainError } from '@sevenfold/domain/errors';
import type { AgreementTerms } from '@sevenfold/domain/agreements';
import { findCampaign } from '../campaigns/get-campaign.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { visibleAddresses, type CreatorAddressView } from '../personal-data/creator-addresses.js';
import { readCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import { parcelsOf, type ParcelView } from './parcels.js';

/** One of the group. Instants are UTC, ISO 8601. */
export interface CollaborationView {
  id: string;
  campaignId: string;
  creator: { id: string; name: string };
  agreementId: string;
  terms: AgreementTerms;
  startedAt: string;
  /** Their one-to-one chat; null as long as nothing was written. */
  threadId: string | null;
  parcels: ParcelView[];
  results: number;
}

/** With the addresses the team may see. */
export interface CollaborationDetail extends CollaborationView {
  addresses: CreatorAddressView[];
}

interface Row extends Omit<CollaborationView, 'creator' | 'parcels'> {
  creatorId: string;
  creatorName: string;
}

const select = `
  select k.id, k.campaign_id as "campaignId", k.creator_id as "creatorId", c.name as "creatorName", k.agreement_id as "agreementId", g.terms,
         k.started_at as "startedAt", t.id as "threadId", (select count(*)::int from result r where r.collaboration_id = k.id) as results
    from collaboration k join creator c on c.id = k.creator_id join agreement g on g.id = k.agreement_id
    left join thread t on t.creator_id = k.creator_id`;

/** The group of a campaign, by name. @throws DomainError `not_found` */
export async function listCollaborations(tx: Tx, campaignId: string, page: PageRequest): Promise<Page<CollaborationView>> {
  await findCampaign(tx, campaignId);
  const after = readCursor(page.cursor);
  const rows = await tx.em.execute<Row[]>(
    `${select} where k.campaign_id = ? ${after ? 'and (c.name, k.id) > (?, ?::uuid)' : ''} order by c.name, k.id limit ?`,
    [campaignId, ...(after ? [after.key, after.id] : []), page.limit + 1],
  );
  const parcels = await parcelsOf(tx, rows.map(({ id }) => id));
  return toPage(rows, page.limit, (row) => ({ key: row.creatorName, id: row.id }), (row) => present(row, parcels.get(row.id) ?? []));
}

/** One collaboration. @throws DomainError `not_found` */
export async function getCollaboration(tx: Tx, collaborationId: string): Promise<CollaborationDetail> {
  await tx.em.flush();
  const [row] = await tx.em.execute<Row[]>(`${select} where k.id = ?`, [collaborationId]);
  if (!row) throw new DomainError('not_found', { entity: 'collaboration' });
  await findCampaign(tx, row.campaignId);
  const parcels = await parcelsOf(tx, [row.id]);
  const addresses = (await visibleAddresses(tx, [row.creatorId])).get(row.creatorId) ?? [];
  return { ...present(row, parcels.get(row.id) ?? []), addresses };
}

function present({ creatorId, creatorName, ...row }: Row, parcels: ParcelView[]): CollaborationView {
  return { ...row, creator: { id: creatorId, name: creatorName }, startedAt: iso(row.startedAt), parcels };
}
