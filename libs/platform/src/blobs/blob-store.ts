/** The largest file anything may store, in bytes: 25 MiB. */
export const maxBlobBytes = 25 * 1024 * 1024;

/** A file to store. */
export interface BlobInput {
  bytes: Uint8Array;
  /** Its media type, such as `application/pdf`. */
  contentType: string;
}

/** What is known of a stored file without reading it. */
export interface Blob {
  id: string;
  /** SHA-256 of the bytes in hex. */
  sha256: string;
  contentType: string;
  /** In bytes. */
  size: number;
}

/** A stored file with its bytes. */
export interface BlobContent extends Blob {
  bytes: Buffer;
}

/** Where files live. A store belongs to one workspace: it neither gives nor finds files of others. */
export interface BlobStore {
  /**
   * Stores a file; the same bytes and type again give the first one's id.
   * @throws DomainError `payload_too_large` above `maxBlobBytes`
   */
  put(input: BlobInput): Promise<Blob>;
  /** The file; null when there is none. */
  get(id: string): Promise<BlobContent | null>;
  /** What is known of the file; null when there is none. */
  head(id: string): Promise<Blob | null>;
  /** Forgets the file; nothing happens when there is none. */
  delete(id: string): Promise<void>;
}
