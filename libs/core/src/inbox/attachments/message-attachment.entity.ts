import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../../db/columns.js';

/** What a file is to its message: sent along, shown inside its text, or the whole message as it came. */
export const attachmentRoles = ['attachment', 'inline', 'source'] as const;
export type AttachmentRole = (typeof attachmentRoles)[number];

/** `waiting`: announced by the provider, its bytes still have to be fetched. */
export const attachmentStatuses = ['waiting', 'kept', 'failed'] as const;
export type AttachmentStatus = (typeof attachmentStatuses)[number];

/** A file of a message, in or out; without a message it was uploaded for one that is still being written. */
const MessageAttachmentSchema = defineEntity({
  name: 'MessageAttachment',
  tableName: 'message_attachment',
  properties: {
    ...tenantRow,
    messageId: p.uuid().nullable(),
    /** Its place among the files of its message. */
    position: p.integer().default(0),
    role: p.enum(attachmentRoles).default('attachment'),
    status: p.enum(attachmentStatuses).default('kept'),
    filename: p.text(),
    contentType: p.text(),
    /** Bytes; null until they are here. */
    size: p.integer().nullable(),
    sha256: p.text().nullable(),
    blobId: p.uuid().nullable(),
    /** How the text of the message points to it (mail: Content-ID). */
    contentId: p.text().nullable(),
    /** The member or creator who uploaded it: nobody else may send it. */
    uploadedBy: p.uuid().nullable(),
    /** Where its channel fetches it, while it waits. */
    source: p.text().nullable(),
    /** Why it could not be fetched. */
    reason: p.text().nullable(),
  },
  indexes: [{ properties: ['messageId', 'position'] }, { properties: ['blobId'] }],
});
export class MessageAttachment extends MessageAttachmentSchema.class {}
MessageAttachmentSchema.setClass(MessageAttachment);
