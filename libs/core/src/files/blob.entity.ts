import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** A file, addressed by its SHA-256 within the workspace. */
const BlobSchema = defineEntity({
  name: 'Blob',
  tableName: 'blob',
  properties: {
    ...tenantRow,
    sha256: p.text(),
    contentType: p.text(),
    size: p.integer(),
  },
  uniques: [{ properties: ['workspaceId', 'sha256', 'contentType'] }],
});
export class Blob extends BlobSchema.class {}
BlobSchema.setClass(Blob);
