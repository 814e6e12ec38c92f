import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

export const pushStatuses = ['waiting', 'sent', 'skipped', 'failed'] as const;

/** One call of one device about one message. */
const PushSchema = defineEntity({
  name: 'Push',
  tableName: 'push',
  properties: {
    ...tenantRow,
    messageId: p.uuid(),
    /** No reference: the device may be gone. */
    subscriptionId: p.uuid(),
    status: p.enum(pushStatuses).default('waiting'),
    /** Why it was skipped or failed: `read`, `gone`, an HTTP status … */
    code: p.text().nullable(),
    doneAt: instant().nullable(),
    attempts: p.integer().default(0),
    /** Not before: the service wants to be asked again then, it is night, or somebody is calling right now. */
    retryAt: instant().nullable(),
  },
  uniques: [{ properties: ['messageId', 'subscriptionId'] }],
});
export class Push extends PushSchema.class {}
PushSchema.setClass(Push);
