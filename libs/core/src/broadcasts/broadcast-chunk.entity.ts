import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** Recipients of a broadcast as they were when it was sent, some hundreds to a row, in the order of their ids. */
const BroadcastChunkSchema = defineEntity({
  name: 'BroadcastChunk',
  tableName: 'broadcast_chunk',
  properties: {
    ...tenantRow,
    broadcastId: p.uuid(),
    position: p.integer(),
    creatorIds: p.json<string[]>(),
    size: p.integer(),
    /** When its messages were written, or left out for good because the broadcast was cancelled. */
    writtenAt: instant().nullable(),
    cancelledAt: instant().nullable(),
  },
  uniques: [{ properties: ['broadcastId', 'position'] }],
});
export class BroadcastChunk extends BroadcastChunkSchema.class {}
BroadcastChunkSchema.setClass(BroadcastChunk);
