import type { AgreementStatus } from '@sevenfold/domain/agreements';
import { DomainError } from '@sevenfold/domain/errors';
import { findCampaign } from '../campaigns/get-campaign.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { blobsOf } from '../files/blob-store.js';
import { readInstantCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import { readDocument } from './prepare-agreement.js';
import { presentAgreements, selectAgreements, type AgreementRow, type AgreementView } from './view.js';

export interface AgreementFilter {
  campaignId: string;
  /** `dropped-out` are those declined after signing; `declined` all refusals. */
  status?: AgreementStatus | 'dropped-out';
}

/** The agreements of a campaign, newest first. @throws DomainError `not_found` */
export async function listAgreements(tx: Tx, filter: AgreementFilter, page: PageRequest): Promise<Page<AgreementView>> {
  await findCampaign(tx, filter.campaignId);
  const after = readInstantCursor(page.cursor);
  const conditions = ['g.campaign_id = ?'];
  const values: unknown[] = [filter.campaignId];
  const require = (sql: string, ...given: unknown[]) => {
    conditions.push(sql);
    values.push(...given);
  };
  if (filter.status === 'dropped-out') require('g.dropped_out');
  else if (filter.status) require('g.status = ?', filter.status);
  if (after) require('(g.sent_at, g.id) < (?::timestamptz, ?::uuid)', after.key, after.id);
  const rows = await tx.em.execute<AgreementRow[]>(
    `${selectAgreements} where ${conditions.join(' and ')} order by g.sent_at desc, g.id desc limit ?`,
    [...values, page.limit + 1],
  );
  const shown = await presentAgreements(tx, rows.slice(0, page.limit));
  const { nextCursor } = toPage(rows, page.limit, (row) => ({ key: iso(row.sentAt), id: row.id }), ({ id }) => id);
  return { data: shown, nextCursor };
}

/** One agreement. @throws DomainError `not_found` */
export async function getAgreement(tx: Tx, agreementId: string): Promise<AgreementView> {
  await tx.em.flush();
  const [row] = await tx.em.execute<AgreementRow[]>(`${selectAgreements} where g.id = ?`, [agreementId]);
  if (!row) throw new DomainError('not_found', { entity: 'agreement' });
  await findCampaign(tx, row.campaignId);
  const [view] = await presentAgreements(tx, [row]);
  return view!;
}

/** The frozen text and its hash. @throws DomainError `not_found` */
export async function agreementHtml(tx: Tx, agreementId: string): Promise<{ html: string; hash: string }> {
  const row = await documentsOf(tx, agreementId);
  return { html: await readDocument(tx, row.documentBlobId), hash: row.documentHash };
}

/** The PDF of the frozen text. @throws DomainError `not_found`, also for the moments until it is made (then with `retry`) */
export async function agreementPdf(tx: Tx, agreementId: string): Promise<Buffer> {
  const { pdfBlobId } = await documentsOf(tx, agreementId);
  const file = pdfBlobId === null ? null : await blobsOf(tx).get(pdfBlobId);
  if (!file) throw new DomainError('not_found', { entity: 'document', retry: true }, 'The PDF is being made; ask again in a moment');
  return file.bytes;
}

interface Documents {
  documentBlobId: string;
  documentHash: string;
  pdfBlobId: string | null;
}

async function documentsOf(tx: Tx, agreementId: string): Promise<Documents> {
  const [row] = await tx.em.execute<(Documents & { campaignId: string })[]>(
    `select campaign_id as "campaignId", document_blob_id as "documentBlobId", document_hash as "documentHash", pdf_blob_id as "pdfBlobId"
       from agreement where id = ?`,
    [agreementId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'agreement' });
  await findCampaign(tx, row.campaignId);
  return row;
}
