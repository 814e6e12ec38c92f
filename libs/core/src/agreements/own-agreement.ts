import type { AgreementStatus, AgreementTerms } from '@sevenfold/domain/agreements';
import { DomainError } from '@sevenfold/domain/errors';
import { Campaign } from '../campaigns/campaign.entity.js';
import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import type { Tx } from '../db/tx.js';
import { Client } from '../workspaces/client.entity.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { Agreement } from './agreement.entity.js';
import { readDocument } from './prepare-agreement.js';
import { creatorMay } from './rules.js';

/** An agreement as its creator sees it. Instants are UTC, ISO 8601. */
export interface OwnAgreement {
  id: string;
  workspace: string;
  client: string;
  campaign: { id: string; name: string; contact: CampaignDraft['contact'] | null };
  status: AgreementStatus;
  droppedOut: boolean;
  terms: AgreementTerms;
  /** What is signed: send it back with the signature. */
  documentHash: string;
  sentAt: string;
  /** The end of the window, and the zone it is shown in. While `paused`, it stands still. */
  expiresAt: string;
  timeZone: string;
  paused: boolean;
  /** Not the typed name: a personal link is a key that the team can make as well. */
  signedAt: string | null;
  endedAt: string | null;
  /** What can be done now. */
  allowed: ('sign' | 'decline' | 'drop-out')[];
}

/** A creator's own agreement. @throws DomainError `not_found` */
export async function ownAgreement(tx: Tx, ref: { agreementId: string; creatorId: string }): Promise<OwnAgreement> {
  const agreement = await find(tx, ref);
  const [view] = await present(tx, [agreement]);
  return view!;
}

/** All of a creator's own agreements, newest first. */
export async function ownAgreements(tx: Tx, creatorId: string): Promise<OwnAgreement[]> {
  const agreements = await tx.em.find(Agreement, { creatorId }, { orderBy: { sentAt: 'desc', id: 'desc' }, limit: 200 });
  return present(tx, agreements);
}

/** The frozen text for its creator. @throws DomainError `not_found` */
export async function ownDocument(tx: Tx, ref: { agreementId: string; creatorId: string }): Promise<{ html: string; hash: string }> {
  const { documentBlobId, documentHash } = await find(tx, ref);
  return { html: await readDocument(tx, documentBlobId), hash: documentHash };
}

async function find(tx: Tx, { agreementId, creatorId }: { agreementId: string; creatorId: string }): Promise<Agreement> {
  await tx.em.flush();
  const agreement = await tx.em.findOne(Agreement, { id: agreementId, creatorId });
  if (!agreement) throw new DomainError('not_found', { entity: 'agreement' });
  return agreement;
}

async function present(tx: Tx, agreements: readonly Agreement[]): Promise<OwnAgreement[]> {
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const campaigns = await tx.em.find(Campaign, { id: agreements.map(({ campaignId }) => campaignId) });
  const clients = await tx.em.find(Client, { id: campaigns.flatMap(({ clientId }) => clientId ?? []) });
  return agreements.flatMap((agreement) => {
    const campaign = campaigns.find(({ id }) => id === agreement.campaignId);
    const client = clients.find(({ id }) => id === campaign?.clientId);
    return campaign ? [toView(tx, agreement, campaign, { workspace: workspace.name, client: client?.name ?? workspace.name })] : [];
  });
}

function toView(tx: Tx, agreement: Agreement, campaign: Campaign, parties: Pick<OwnAgreement, 'workspace' | 'client'>): OwnAgreement {
  return {
    id: agreement.id,
    ...parties,
    campaign: { id: campaign.id, name: campaign.name ?? '', contact: campaign.details.contact ?? null },
    status: agreement.status,
    droppedOut: agreement.droppedOut,
    terms: agreement.terms,
    documentHash: agreement.documentHash,
    sentAt: agreement.sentAt.toISOString(),
    expiresAt: agreement.expiresAt.toISOString(),
    timeZone: campaign.timeZone ?? 'UTC',
    paused: agreement.status === 'pending' && campaign.pausedAt != null,
    signedAt: agreement.signedAt?.toISOString() ?? null,
    endedAt: agreement.endedAt?.toISOString() ?? null,
    allowed: creatorMay(agreement, campaign, tx.now),
  };
}
