import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { deliveryStatuses } from '@sevenfold/domain/delivery';
import { messageKinds, messagePurposes } from './message-kinds.js';

/** One entry of a thread, in or out. An outgoing one is carried by deliveries. */
const MessageSchema = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    ...tenantRow,
    threadId: p.uuid(),
    creatorId: p.uuid(),
    campaignId: p.uuid().nullable(),
    direction: p.enum(['out', 'in'] as const),
    kind: p.enum(messageKinds),
    purpose: p.enum(messagePurposes).default('conversation'),
    /** Written by the product itself (mail: Auto-Submitted). */
    automatic: p.boolean().default(false),
    /** Same key, same message: whoever asks for it twice gets the first. */
    dedupeKey: p.text(),
    broadcastId: p.uuid().nullable(),
    authorMemberId: p.uuid().nullable(),
    inReplyToId: p.uuid().nullable(),
    subject: p.text().nullable(),
    text: p.text(),
    /** What search looks at: kept in lower case, because comparing without regard to case costs ten times as much. */
    searchText: p.text().nullable().lazy(),
    /** Where in the text the tail begins that only quotes what is answered; shown folded. */
    quotedFrom: p.integer().nullable(),
    html: p.text().nullable(),
    short: p.text().nullable(),
    /** The personal links of the texts above, which have only their places: sealed by the creator's data key. */
    sealedLinks: p.blob().nullable(),
    /** The team's own choice of channel, tried first. */
    preferredChannel: p.text().nullable(),
    /** The channel that carried it in the end (or brought it in). */
    channel: p.text().nullable(),
    /** Of what came in: its provider's id, by which a later answer refers to it. */
    providerId: p.text().nullable(),
    status: p.enum(deliveryStatuses),
    /** Why the whole message failed where no delivery says it: `no_address`, `no_consent` … */
    code: p.text().nullable(),
    /** Sending is given up after this. */
    deadlineAt: instant().nullable(),
    readAt: instant().nullable(),
    /** How often the team had it sent again; its deliveries of this round are the ones that count. */
    round: p.integer().default(0),
    /** Whoever wrote it wants it to disturb, whatever the hour. */
    ignoreQuietHours: p.boolean().default(false),
    /** How many files belong to it, so that nobody looks for those of the many without any. */
    attachments: p.integer().default(0),
  },
  uniques: [{ properties: ['workspaceId', 'dedupeKey'] }],
  indexes: [{ properties: ['threadId', 'createdAt'] }, { properties: ['campaignId', 'createdAt'] }, { properties: ['broadcastId'] }],
});
export class Message extends MessageSchema.class {}
MessageSchema.setClass(Message);
