import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import type { Actor } from '@sevenfold/domain/actors';
import { agreementStatuses, type AgreementTerms } from '@sevenfold/domain/agreements';

/** An agreement frozen for one creator: the text by its hash, the window by its instants. */
const AgreementSchema = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    applicationId: p.uuid(),
    status: p.enum(agreementStatuses).default('pending'),
    /** Declined after signing (E5). */
    droppedOut: p.boolean().default(false),
    terms: p.json<AgreementTerms>(),
    documentBlobId: p.uuid(),
    /** SHA-256 of the frozen HTML, hex: this is what is signed. */
    documentHash: p.text(),
    pdfBlobId: p.uuid().nullable(),
    sentAt: instant(),
    remindAt: instant(),
    expiresAt: instant(),
    /** The creator was sent the link. */
    toldAt: instant().nullable(),
    remindedAt: instant().nullable(),
    signedAt: instant().nullable(),
    /** The typed name is a legal name as well: sealed by the creator's key, opened to the team when the group is fixed. */
    signedNameSealed: p.blob().nullable(),
    signedIp: p.text().nullable(),
    signedUserAgent: p.text().nullable(),
    signedHash: p.text().nullable(),
    endedAt: instant().nullable(),
    endedBy: p.json<Actor>().nullable(),
    endedReason: p.text().nullable(),
  },
  indexes: [{ properties: ['campaignId', 'status'] }, { properties: ['creatorId'] }, { properties: ['applicationId'] }],
});
export class Agreement extends AgreementSchema.class {}
AgreementSchema.setClass(Agreement);
