import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** Why a recipient gets no message; `unwritable`: what the text does with their data fails, or would not end. */
export const skipReasons = ['no_address', 'opted_out', 'missing_variable', 'unwritable', 'gone'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** A recipient of a broadcast for whom no message was written, and why. */
const BroadcastSkipSchema = defineEntity({
  name: 'BroadcastSkip',
  tableName: 'broadcast_skip',
  properties: {
    ...tenantRow,
    broadcastId: p.uuid(),
    creatorId: p.uuid(),
    reason: p.enum(skipReasons),
    /** The variables without a value. */
    variables: p.json<string[]>().nullable(),
  },
  uniques: [{ properties: ['broadcastId', 'creatorId'] }],
});
export class BroadcastSkip extends BroadcastSkipSchema.class {}
BroadcastSkipSchema.setClass(BroadcastSkip);
