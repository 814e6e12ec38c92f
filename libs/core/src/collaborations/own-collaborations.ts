import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import type { AgreementTerms } from '@sevenfold/domain/agreements';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { parcelsOf, type ParcelView } from './parcels.js';

/** A collaboration as its creator sees it. Instants are UTC, ISO 8601. */
export interface OwnCollaboration {
  id: string;
  campaign: {
    id: string;
    name: string;
    brief: string | null;
    contact: CampaignDraft['contact'] | null;
    /** Which figures are needed, why, when and how to find them. */
    figures: NonNullable<CampaignDraft['figures']>;
  };
  agreementId: string;
  terms: AgreementTerms;
  startedAt: string;
  parcels: ParcelView[];
}

interface Row {
  id: string;
  campaignId: string;
  name: string | null;
  details: CampaignDraft;
  agreementId: string;
  terms: AgreementTerms;
  startedAt: string;
}

/** A creator's own collaborations, newest first, the last 200. */
export async function ownCollaborations(tx: Tx, creatorId: string): Promise<OwnCollaboration[]> {
  const rows = await tx.em.execute<Row[]>(
    `select k.id, k.campaign_id as "campaignId", m.name, m.details, k.agreement_id as "agreementId", g.terms, k.started_at as "startedAt"
       from collaboration k join campaign m on m.id = k.campaign_id join agreement g on g.id = k.agreement_id
      where k.creator_id = ? order by k.started_at desc, k.id desc limit 200`,
    [creatorId],
  );
  const parcels = await parcelsOf(tx, rows.map(({ id }) => id));
  return rows.map(({ campaignId, name, details, ...row }) => ({
    ...row,
    campaign: { id: campaignId, name: name ?? '', brief: details.brief ?? null, contact: details.contact ?? null, figures: details.figures ?? [] },
    startedAt: iso(row.startedAt),
    parcels: parcels.get(row.id) ?? [],
  }));
}
