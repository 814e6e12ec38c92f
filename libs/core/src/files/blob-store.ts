import { describeBlob, type Blob, type BlobContent, type BlobInput, type BlobStore } from '@sevenfold/platform/blobs';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';

const chunkBytes = 1024 * 1024;
const columns = 'id, sha256, content_type, size';

interface Row {
  id: string;
  sha256: string;
  content_type: string;
  size: number;
}
const toBlob = (row: Row): Blob => ({ id: row.id, sha256: row.sha256, contentType: row.content_type, size: row.size });

/** The files of the transaction's workspace, kept in Postgres in pieces of 1 MiB. What is put is there when it commits. */
export function blobsOf(tx: Tx): BlobStore {
  const head = async (id: string): Promise<Blob | null> => {
    const [row] = await tx.em.execute<Row[]>(`select ${columns} from blob where id = ?`, [id]);
    return row ? toBlob(row) : null;
  };
  return {
    put: (input) => put(tx, input),
    head,
    async get(id): Promise<BlobContent | null> {
      const blob = await head(id);
      if (!blob) return null;
      const chunks = await tx.em.execute<{ bytes: Buffer }[]>('select bytes from blob_chunk where blob_id = ? order by seq', [id]);
      return { ...blob, bytes: Buffer.concat(chunks.map((chunk) => chunk.bytes)) };
    },
    async delete(id) {
      await tx.em.execute('delete from blob_chunk where blob_id = ?', [id]);
      await tx.em.execute('delete from blob where id = ?', [id]);
    },
  };
}

async function put(tx: Tx, { bytes, contentType }: BlobInput): Promise<Blob> {
  const about = describeBlob(bytes, contentType);
  const id = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into blob (id, workspace_id, created_at, sha256, content_type, size) values (?, ?, ?, ?, ?, ?)
     on conflict (workspace_id, sha256, content_type) do nothing returning id`,
    [id, tx.workspaceId, tx.now, about.sha256, contentType, about.size],
  );
  if (inserted.length === 0) return known(tx, about.sha256, contentType);
  for (let seq = 0; seq * chunkBytes < bytes.byteLength; seq += 1) {
    const chunk = Buffer.from(bytes.subarray(seq * chunkBytes, (seq + 1) * chunkBytes));
    await tx.em.execute('insert into blob_chunk (blob_id, seq, workspace_id, bytes) values (?, ?, ?, ?)', [
      id, seq, tx.workspaceId, chunk,
    ]);
  }
  return { id, ...about };
}

async function known(tx: Tx, sha256: string, contentType: string): Promise<Blob> {
  const [row] = await tx.em.execute<Row[]>(`select ${columns} from blob where sha256 = ? and content_type = ?`, [sha256, contentType]);
  if (!row) throw new Error('A file with these bytes exists, yet cannot be read');
  return toBlob(row);
}
