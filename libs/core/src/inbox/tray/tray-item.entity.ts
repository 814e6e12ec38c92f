import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../../db/columns.js';

/** A file that came along, without its bytes. */
export interface TrayFile {
  filename: string | null;
  contentType: string;
  size: number;
}

export const trayStatuses = ['open', 'assigned', 'dismissed'] as const;
export type TrayStatus = (typeof trayStatuses)[number];

/**
 * A message that came in and belongs to no creator yet, in the tray of the one workspace it can be for. What cannot be told to be
 * one workspace's never gets here: it stays outside tenancy, for the operator.
 */
const TrayItemSchema = defineEntity({
  name: 'TrayItem',
  tableName: 'tray_item',
  properties: {
    ...tenantRow,
    /** The raw item; its bytes are beside that one. */
    itemId: p.uuid().unique(),
    channel: p.text(),
    /** As the channel's plugin writes it, so that it can be remembered. */
    sender: p.text().nullable(),
    recipient: p.text(),
    subject: p.text().nullable(),
    text: p.text(),
    files: p.json<TrayFile[]>(),
    receivedAt: instant(),
    /** `unknown_sender`, `several_creators`, or why it could not be read. */
    reason: p.text(),
    /** Creators it may be from. */
    candidates: p.json<string[]>(),
    status: p.enum(trayStatuses).default('open'),
    doneAt: instant().nullable(),
    doneByMemberId: p.uuid().nullable(),
    /** What it became. */
    messageId: p.uuid().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'status', 'receivedAt', 'id'] }, { properties: ['messageId'] }],
});
export class TrayItem extends TrayItemSchema.class {}
TrayItemSchema.setClass(TrayItem);
