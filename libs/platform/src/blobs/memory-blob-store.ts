import { newId } from '../ids/index.js';
import type { Blob, BlobContent, BlobInput, BlobStore } from './blob-store.js';
import { describeBlob } from './describe-blob.js';

/** For tests. */
export class MemoryBlobStore implements BlobStore {
  private readonly files = new Map<string, BlobContent>();

  async put({ bytes, contentType }: BlobInput): Promise<Blob> {
    const described = describeBlob(bytes, contentType);
    const known = [...this.files.values()].find((file) => file.sha256 === described.sha256 && file.contentType === contentType);
    const file = known ?? { id: newId(), ...described, bytes: Buffer.from(bytes) };
    this.files.set(file.id, file);
    return withoutBytes(file);
  }

  async get(id: string): Promise<BlobContent | null> {
    const file = this.files.get(id);
    return file ? { ...file, bytes: Buffer.from(file.bytes) } : null;
  }

  async head(id: string): Promise<Blob | null> {
    const file = this.files.get(id);
    return file ? withoutBytes(file) : null;
  }

  async delete(id: string): Promise<void> {
    this.files.delete(id);
  }
}

function withoutBytes({ id, sha256, contentType, size }: Blob): Blob {
  return { id, sha256, contentType, size };
}
