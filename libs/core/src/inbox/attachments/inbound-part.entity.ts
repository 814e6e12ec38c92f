import { defineEntity, p } from '@mikro-orm/core';
import { instant } from '../../db/columns.js';
import { attachmentRoles } from './message-attachment.entity.js';

/** A file that came with an inbound item, until its owner is known. Outside tenancy; goes with its item. */
const InboundPartSchema = defineEntity({
  name: 'InboundPart',
  tableName: 'inbound_part',
  properties: {
    itemId: p.uuid().primary(),
    seq: p.integer().primary(),
    createdAt: instant(),
    role: p.enum(attachmentRoles),
    filename: p.text().nullable(),
    contentType: p.text(),
    contentId: p.text().nullable(),
    bytes: p.blob(),
  },
});
export class InboundPart extends InboundPartSchema.class {}
InboundPartSchema.setClass(InboundPart);
