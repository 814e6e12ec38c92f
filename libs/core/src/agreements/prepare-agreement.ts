import { DomainError } from '@sevenfold/domain/errors';
import type { PdfRenderer } from '@sevenfold/templating';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { blobsOf } from '../files/blob-store.js';
import { lockAgreement } from './lock-agreement.js';
import { agreementSnapshot, type AgreementSnapshot } from './snapshot.js';
import { tellCreator } from './tell-creator.js';

/**
 * What follows the sending of an agreement, in steps that may each be repeated: the creator is told on their channel with a
 * personal link, then the PDF of the frozen text is made and stored. A broken renderer keeps nobody from signing.
 * @param pdf a browser makes it, which is slow: it stays outside of transactions
 * @param at ms since the epoch: the engine's own time
 * @throws whatever the renderer throws; DomainError `not_found`
 */
export async function prepareAgreement(
  db: Database,
  scope: Scope,
  pdf: Pick<PdfRenderer, 'htmlToPdf'>,
  { agreementId, at }: { agreementId: string; at: number },
): Promise<AgreementSnapshot> {
  const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.inWorkspace(scope, work, { notBefore: at });
  await inWorkspace((tx) => tellOnce(tx, agreementId));
  const html = await inWorkspace((tx) => withoutPdf(tx, agreementId));
  if (html !== null) {
    const bytes = await pdf.htmlToPdf(html);
    await inWorkspace((tx) => storePdf(tx, agreementId, bytes));
  }
  return inWorkspace((tx) => agreementSnapshot(tx, agreementId));
}

async function tellOnce(tx: Tx, agreementId: string): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, { agreementId }, 'share');
  if (agreement.toldAt != null || agreement.status !== 'pending') return;
  agreement.toldAt = tx.now;
  await tellCreator(tx, agreement, campaign, { kind: 'agreement', template: 'agreement-sent', link: true });
}

/** The frozen text, as long as there is no PDF of it. */
async function withoutPdf(tx: Tx, agreementId: string): Promise<string | null> {
  const [row] = await tx.em.execute<{ documentBlobId: string }[]>(
    'select document_blob_id as "documentBlobId" from agreement where id = ? and pdf_blob_id is null',
    [agreementId],
  );
  return row ? readDocument(tx, row.documentBlobId) : null;
}

/** A frozen text. @throws DomainError `not_found` */
export async function readDocument(tx: Tx, blobId: string): Promise<string> {
  const file = await blobsOf(tx).get(blobId);
  if (!file) throw new DomainError('not_found', { entity: 'document' });
  return file.bytes.toString('utf8');
}

/** The first one stays. */
async function storePdf(tx: Tx, agreementId: string, bytes: Uint8Array): Promise<void> {
  const { id } = await blobsOf(tx).put({ bytes: Buffer.from(bytes), contentType: 'application/pdf' });
  await tx.em.execute('update agreement set pdf_blob_id = ? where id = ? and pdf_blob_id is null', [id, agreementId]);
}
