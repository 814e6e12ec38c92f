import { describeBlob, type Blob, type BlobContent, type BlobInput, type BlobStore } from '@sevenfold/platform/blobs';
import { contentHash } from '@sevenfold/platform/crypto';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { openBytes, sealBytes } from '../personal-data/vault.js';

const chunkBytes = 1024 * 1024;
const columns = 'id, sha256, content_type, size';

interface Row {
  id: string;
  sha256: string;
  content_type: string;
  size: number;
}
const toBlob = (row: Row): Blob => ({ id: row.id, sha256: row.sha256, contentType: row.content_type, size: row.size });

/**
 * The files of the transaction's workspace, kept in Postgres in pieces of 1 MiB, each sealed by the workspace's data key. What
 * is put is there when it commits. The hash is that of the file in the clear, so that the same bytes are one file.
 */
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
      return { ...blob, bytes: await read(tx, blob) };
    },
    async delete(id) {
      await tx.em.execute('delete from blob_chunk where blob_id = ?', [id]);
      await tx.em.execute('delete from blob where id = ?', [id]);
    },
  };
}

/** A piece opens in this workspace, for this file and at this place only. */
const place = (sha256: string, seq: number): string => `blob:${sha256}:${seq}`;

/** @throws UnreadableError when a piece was changed, Error when one is missing */
async function read(tx: Tx, { id, sha256 }: Blob): Promise<Buffer> {
  const chunks = await tx.em.execute<{ seq: number; bytes: Buffer }[]>('select seq, bytes from blob_chunk where blob_id = ? order by seq', [id]);
  const pieces: Buffer[] = [];
  for (const { seq, bytes } of chunks) pieces.push(await openBytes(tx, 'workspace', place(sha256, seq), bytes));
  const whole = Buffer.concat(pieces);
  if (contentHash(whole) !== sha256) throw new Error('A file is not what was kept');
  return whole;
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
    const chunk = await sealBytes(tx, 'workspace', place(about.sha256, seq), bytes.subarray(seq * chunkBytes, (seq + 1) * chunkBytes));
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
