import { defineEntity, p } from '@mikro-orm/core';

/** A piece of a file of at most 1 MiB, sealed by the workspace's data key, so that no row grows without bound. */
const BlobChunkSchema = defineEntity({
  name: 'BlobChunk',
  tableName: 'blob_chunk',
  properties: {
    blobId: p.uuid().primary(),
    seq: p.integer().primary(),
    workspaceId: p.uuid(),
    bytes: p.blob(),
  },
});
export class BlobChunk extends BlobChunkSchema.class {}
BlobChunkSchema.setClass(BlobChunk);
