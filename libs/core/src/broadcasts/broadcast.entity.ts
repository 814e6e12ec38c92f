import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { messageKinds, messagePurposes } from '../inbox/message-kinds.js';
import type { Selection } from './recipients/selection.js';
import type { DraftTexts } from './drafts/draft-schema.js';
import type { Tick } from './sending/tick.js';

export const broadcastStatuses = ['draft', 'scheduled', 'queued', 'sending', 'done', 'cancelled'] as const;
export type BroadcastStatus = (typeof broadcastStatuses)[number];

/**
 * One message to many. Its messages are the recipients; their marks are the progress. Who gets it is frozen when it is
 * sent, in chunks, from which the messages are written bit by bit.
 */
const BroadcastSchema = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcast',
  properties: {
    ...tenantRow,
    campaignId: p.uuid().nullable(),
    kind: p.enum(messageKinds),
    dedupeKey: p.text(),
    status: p.enum(broadcastStatuses).default('queued'),
    /** Recipients, the skipped ones included; 0 until it is sent. */
    total: p.integer(),
    authorMemberId: p.uuid().nullable(),
    doneAt: instant().nullable(),
    /** What the team calls it. */
    name: p.text().nullable(),
    /** Whom it is for; null where the product named the recipients itself. */
    selection: p.json<Selection>().nullable(),
    /** Templates, rendered for each recipient. */
    texts: p.json<DraftTexts>().nullable(),
    purpose: p.enum(messagePurposes).nullable(),
    /** The team's choice of channel, tried first. */
    channel: p.text().nullable(),
    /** Below the sender's own. */
    ratePerSecond: p.float().columnType('double precision').nullable(),
    sendAt: instant().nullable(),
    /** The zone in which `sendAt` was meant, for showing it. */
    timeZone: p.text().nullable(),
    /** When its recipients were frozen, and who pressed. */
    sentAt: instant().nullable(),
    sentByMemberId: p.uuid().nullable(),
    startedAt: instant().nullable(),
    pausedAt: instant().nullable(),
    cancelledAt: instant().nullable(),
    /** How many left in each of the last seconds. */
    ticks: p.json<Tick[]>().nullable(),
    version: p.integer().default(0),
  },
  uniques: [{ properties: ['workspaceId', 'dedupeKey'] }],
  indexes: [{ properties: ['workspaceId', 'createdAt'] }],
});
export class Broadcast extends BroadcastSchema.class {}
BroadcastSchema.setClass(Broadcast);
