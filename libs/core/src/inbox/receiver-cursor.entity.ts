import { defineEntity, p } from '@mikro-orm/core';
import type { Json } from '@sevenfold/domain/errors';
import { instant } from '../db/columns.js';

/** How far a receiver has come in what it reads (a mailbox). Outside tenancy. */
const ReceiverCursorSchema = defineEntity({
  name: 'ReceiverCursor',
  tableName: 'receiver_cursor',
  properties: {
    channel: p.text().primary(),
    name: p.text().primary(),
    value: p.json<Json>(),
    updatedAt: instant(),
  },
});
export class ReceiverCursor extends ReceiverCursorSchema.class {}
ReceiverCursorSchema.setClass(ReceiverCursor);
