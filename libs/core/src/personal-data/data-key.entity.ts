import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A data key, wrapped by the key ring: one per workspace (no creator) and one per creator. Erasing destroys it. */
const DataKeySchema = defineEntity({
  name: 'DataKey',
  tableName: 'data_key',
  properties: {
    ...tenantRow,
    creatorId: p.uuid().nullable(),
    wrapped: p.text().nullable(),
    destroyedAt: instant().nullable(),
  },
});
export class DataKey extends DataKeySchema.class {}
DataKeySchema.setClass(DataKey);
