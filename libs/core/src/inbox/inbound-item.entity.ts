import { defineEntity, p } from '@mikro-orm/core';
import type { Json } from '@sevenfold/domain/errors';
import { instant } from '../db/columns.js';

/** An inbound item as it came, before anybody knows whose it is: stored once by its provider's key, then routed. Outside tenancy. */
const InboundItemSchema = defineEntity({
  name: 'InboundItem',
  tableName: 'inbound_item',
  properties: {
    id: p.uuid().primary(),
    channel: p.text(),
    providerKey: p.text(),
    event: p.json<Json>(),
    receivedAt: instant(),
    routedAt: instant().nullable(),
    routedWorkspaceId: p.uuid().nullable(),
    /** What became of it, or the message it is about; goes when that one's creator is erased. */
    routedMessageId: p.uuid().nullable(),
    /** Why it could not be routed, for the tray. */
    problem: p.text().nullable(),
  },
  uniques: [{ properties: ['channel', 'providerKey'] }],
  indexes: [{ properties: ['routedMessageId'] }],
});
export class InboundItem extends InboundItemSchema.class {}
InboundItemSchema.setClass(InboundItem);
