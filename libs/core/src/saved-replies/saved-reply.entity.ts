import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** A text that is written again and again, as a template. */
const SavedReplySchema = defineEntity({
  name: 'SavedReply',
  tableName: 'saved_reply',
  properties: {
    ...tenantRow,
    updatedAt: instant(),
    name: p.text(),
    text: p.text(),
    subject: p.text().nullable(),
    version: p.integer().default(1),
  },
});
export class SavedReply extends SavedReplySchema.class {}
SavedReplySchema.setClass(SavedReply);
