import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** An open connection of a creator: while there is one, they are looking, and nobody needs to call them. Its id is the connection's. */
const CreatorPresenceSchema = defineEntity({
  name: 'CreatorPresence',
  tableName: 'creator_presence',
  properties: {
    ...tenantRow,
    creatorId: p.uuid(),
    /** Counts no longer after this: the process that holds it is gone. */
    until: instant(),
  },
  indexes: [{ properties: ['creatorId', 'until'] }],
});
export class CreatorPresence extends CreatorPresenceSchema.class {}
CreatorPresenceSchema.setClass(CreatorPresence);
