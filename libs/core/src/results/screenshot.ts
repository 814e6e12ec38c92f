import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { blobsOf } from '../files/blob-store.js';

/** @throws DomainError `invalid_fields` unless it is an image somebody uploaded */
export async function assertScreenshot(tx: Tx, fileId: string): Promise<void> {
  const file = await blobsOf(tx).head(fileId);
  if (!file || !file.contentType.startsWith('image/')) {
    throw new DomainError('invalid_fields', { fields: [{ path: 'screenshotFileId', message: 'Upload an image first and give its id' }] });
  }
}
