import type { Actor } from '@sevenfold/domain/actors';
import type { AgreementStatus, AgreementTerms } from '@sevenfold/domain/agreements';
import { nameActors, type NamedActor } from '../audit/named-actor.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { openJson } from '../personal-data/vault.js';
import { signaturePlace } from './sign.js';

/** An agreement as the team sees it. Instants are UTC, ISO 8601. */
export interface AgreementView {
  id: string;
  campaignId: string;
  applicationId: string;
  creator: { id: string; name: string };
  status: AgreementStatus;
  /** Declined after signing. */
  droppedOut: boolean;
  terms: AgreementTerms;
  /** SHA-256 of the frozen text, hex. */
  documentHash: string;
  pdfReady: boolean;
  sentAt: string;
  /** The end of the window, and the zone people read it in. While `paused`, the window stands still. */
  expiresAt: string;
  timeZone: string;
  paused: boolean;
  remindedAt: string | null;
  /** The evidence of the signature opens with the group, at the start. */
  signed: { at: string; documentHash: string; name: string | null; ip: string | null; userAgent: string | null } | null;
  ended: { at: string; by: NamedActor | null; reason: string | null } | null;
}

export interface AgreementRow {
  id: string;
  campaignId: string;
  applicationId: string;
  creatorId: string;
  creatorName: string;
  status: AgreementStatus;
  droppedOut: boolean;
  terms: AgreementTerms;
  documentHash: string;
  pdfReady: boolean;
  sentAt: string;
  expiresAt: string;
  timeZone: string;
  paused: boolean;
  remindedAt: string | null;
  signedAt: string | null;
  signedHash: string | null;
  signedName: Buffer | null;
  signedIp: string | null;
  signedUserAgent: string | null;
  inGroup: boolean;
  endedAt: string | null;
  endedBy: Actor | null;
  endedReason: string | null;
}

/** Everything an {@link AgreementRow} has; add `where`, `order by`, `limit`. */
export const selectAgreements = `
  select g.id, g.campaign_id as "campaignId", g.application_id as "applicationId", g.creator_id as "creatorId", c.name as "creatorName",
         g.status, g.dropped_out as "droppedOut", g.terms, g.document_hash as "documentHash", g.pdf_blob_id is not null as "pdfReady",
         g.sent_at as "sentAt", g.expires_at as "expiresAt", coalesce(m.time_zone, 'UTC') as "timeZone",
         g.status = 'pending' and m.paused_at is not null as paused, g.reminded_at as "remindedAt", g.signed_at as "signedAt",
         g.signed_hash as "signedHash", g.signed_name_sealed as "signedName", g.signed_ip as "signedIp",
         g.signed_user_agent as "signedUserAgent", k.id is not null as "inGroup",
         g.ended_at as "endedAt", g.ended_by as "endedBy", g.ended_reason as "endedReason"
    from agreement g join creator c on c.id = g.creator_id join campaign m on m.id = g.campaign_id
    left join collaboration k on k.agreement_id = g.id`;

/** Shapes rows for the team. */
export async function presentAgreements(tx: Tx, rows: readonly AgreementRow[]): Promise<AgreementView[]> {
  const nameOf = await nameActors(tx, rows.map(({ endedBy }) => endedBy));
  return Promise.all(rows.map(async (row) => ({
    id: row.id,
    campaignId: row.campaignId,
    applicationId: row.applicationId,
    creator: { id: row.creatorId, name: row.creatorName },
    status: row.status,
    droppedOut: row.droppedOut,
    terms: row.terms,
    documentHash: row.documentHash,
    pdfReady: row.pdfReady,
    sentAt: iso(row.sentAt),
    expiresAt: iso(row.expiresAt),
    timeZone: row.timeZone,
    paused: row.paused,
    remindedAt: iso(row.remindedAt),
    signed: await signatureOf(tx, row),
    ended: row.endedAt === null ? null : { at: iso(row.endedAt), by: nameOf(row.endedBy), reason: row.endedReason },
  })));
}

async function signatureOf(tx: Tx, row: AgreementRow): Promise<AgreementView['signed']> {
  if (row.signedAt === null || row.signedHash === null) return null;
  const told = { at: iso(row.signedAt), documentHash: row.signedHash };
  if (!row.inGroup || row.signedName === null) return { ...told, name: null, ip: null, userAgent: null };
  const name = await openJson<string>(tx, { creatorId: row.creatorId }, signaturePlace(row.id), row.signedName);
  return { ...told, name, ip: row.signedIp, userAgent: row.signedUserAgent };
}
