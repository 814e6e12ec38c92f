import { DomainError } from '@sevenfold/domain/errors';
import type { BlobContent } from '@sevenfold/platform/blobs';
import type { Database } from '../db/database.js';
import { blobsOf } from '../files/index.js';
import type { SystemDatabase } from '../system/system-database.js';

/**
 * The image of a story for whoever has its address, which is the platform: nobody is signed in, so the address alone says
 * which workspace it is, and its hash must be right.
 * @throws DomainError `not_found`
 */
export async function publicStoryImage(system: SystemDatabase, db: Database, storyId: string, sha256: string): Promise<BlobContent> {
  const [row] = await system.transaction((em) =>
    em.execute<{ workspace_id: string; image_blob_id: string }[]>(
      'select s.workspace_id, s.image_blob_id from story s join blob b on b.id = s.image_blob_id where s.id = ? and b.sha256 = ?',
      [storyId, sha256],
    ),
  );
  if (!row) throw new DomainError('not_found', { entity: 'image' });
  const scope = { workspaceId: row.workspace_id, actor: { kind: 'system' as const, via: 'engine' as const } };
  const blob = await db.inWorkspace(scope, (tx) => blobsOf(tx).get(row.image_blob_id));
  if (!blob) throw new DomainError('not_found', { entity: 'image' });
  return blob;
}
