import { windowOf, type AgreementTerms } from '@sevenfold/domain/agreements';
import { contentHash } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import { renderAgreement, type AgreementData, type TemplateData } from '@sevenfold/templating';
import { audit } from '../audit/audit.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { blobsOf } from '../files/blob-store.js';
import { Agreement } from './agreement.entity.js';
import { writeDocument } from '../templates/index.js';
import type { Candidate } from './candidates.js';

interface Sending {
  candidate: Candidate;
  terms: AgreementTerms;
}

export interface SentAgreement {
  agreementId: string;
  applicationId: string;
  creatorId: string;
  /** UTC, ISO 8601. */
  expiresAt: string;
}

/** The media type of a frozen text. */
export const documentType = 'text/html; charset=utf-8';

/** Renders, hashes and stores the text of each, starts its window and tells the engine. */
export async function freezeAgreements(tx: Tx, campaign: Campaign, sendings: readonly Sending[]): Promise<SentAgreement[]> {
  if (!campaign.schedule) throw new Error('A published campaign has a schedule');
  const window = windowOf(tx.now.getTime(), campaign.schedule);
  const common = await campaignMessageData(tx, campaign);
  const write = await writeDocument<AgreementData>(tx, 'agreement-document', campaign.id, renderAgreement);
  const sent: SentAgreement[] = [];
  for (const { candidate, terms } of sendings) {
    const id = newId();
    const html = await write(documentData(common, campaign, { candidate, terms }, { id, preparedAt: tx.now }));
    const document = await blobsOf(tx).put({ bytes: Buffer.from(html, 'utf8'), contentType: documentType });
    const { applicationId, creatorId } = candidate;
    const expiresAt = new Date(window.expiresAt);
    tx.em.persist(tx.em.create(Agreement, {
      id, workspaceId: tx.workspaceId, createdAt: tx.now, campaignId: campaign.id, creatorId, applicationId, status: 'pending', droppedOut: false,
      terms, documentBlobId: document.id, documentHash: contentHash(html), sentAt: tx.now, remindAt: new Date(window.remindAt), expiresAt,
    }));
    audit(tx, {
      action: 'agreement.sent', entity: 'agreement', entityId: id, campaignId: campaign.id,
      data: { creatorId, applicationId, documentHash: contentHash(html) },
    });
    await outbox(tx, 'agreement.sent', { agreementId: id });
    sent.push({ agreementId: id, applicationId, creatorId, expiresAt: expiresAt.toISOString() });
  }
  await tx.em.flush();
  return sent;
}

function documentData(common: TemplateData, campaign: Campaign, { candidate, terms }: Sending, agreement: AgreementData['agreement']): AgreementData {
  const [workspace, client] = [nameIn(common.workspace), nameIn(common.client)];
  return {
    ...common,
    ...(candidate.locale ? { locale: candidate.locale } : {}),
    zone: campaign.timeZone ?? 'UTC',
    creator: { name: candidate.name },
    workspace: { name: workspace, representsClient: workspace !== client },
    client: { name: client },
    campaign: {
      name: campaign.name ?? '',
      ...(campaign.startsOn ? { startsOn: campaign.startsOn } : {}),
      ...(campaign.endsOn ? { endsOn: campaign.endsOn } : {}),
    },
    ...(campaign.details.contact ? { contact: campaign.details.contact } : {}),
    terms,
    agreement,
  };
}

function nameIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
}
