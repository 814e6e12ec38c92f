import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** The consent ledger: the latest word of an address on one channel and sender. Survives erasure. */
const ConsentEntrySchema = defineEntity({
  name: 'ConsentEntry',
  tableName: 'consent_entry',
  properties: {
    ...tenantRow,
    channel: p.text(),
    sender: p.text(),
    addressHash: p.text(),
    state: p.enum(['in', 'out'] as const),
    source: p.text(),
    at: instant(),
  },
  uniques: [{ properties: ['workspaceId', 'channel', 'sender', 'addressHash'] }],
});
export class ConsentEntry extends ConsentEntrySchema.class {}
ConsentEntrySchema.setClass(ConsentEntry);
