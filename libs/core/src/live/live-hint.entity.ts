import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** That something changed, for whoever looks at it right now. Kept for a while, so that a cut connection misses nothing. */
const LiveHintSchema = defineEntity({
  name: 'LiveHint',
  tableName: 'live_hint',
  properties: {
    ...tenantRow,
    /** The transaction that wrote it. Readers ask which transactions they have not seen: ids and instants do not say in which order rows appear. */
    xact: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    entity: p.text(),
    entityId: p.uuid(),
    /** The changed row's own version, where it has one. */
    version: p.integer().nullable(),
    /** Whose thread it is. */
    creatorId: p.uuid().nullable(),
    campaignId: p.uuid().nullable(),
  },
  indexes: [{ properties: ['xact'] }, { properties: ['createdAt'] }],
});
export class LiveHint extends LiveHintSchema.class {}
LiveHintSchema.setClass(LiveHint);
