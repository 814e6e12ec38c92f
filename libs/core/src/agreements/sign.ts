import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { sealJson } from '../personal-data/vault.js';
import { lockAgreement } from './lock-agreement.js';
import { assertPending } from './rules.js';

export interface SignInput {
  agreementId: string;
  creatorId: string;
  /** The name as the creator typed it. */
  name: string;
  /** The tick. */
  agreed: boolean;
  /** SHA-256 of the text that was shown. */
  documentHash: string;
  ip: string | null;
  userAgent: string | null;
}

/** Where the typed name is sealed. */
export const signaturePlace = (agreementId: string): string => `signature:${agreementId}`;

/**
 * A creator signs: typed name and tick, with time, IP and the hash of the text. Holds the campaign's row, so that of
 * signing and expiry at the same moment one wins. Pressing twice signs once.
 * @throws DomainError `not_found`, `invalid_fields`, `conflict` when another text was shown, `expired`, `wrong_state`
 */
export async function sign(tx: Tx, input: SignInput): Promise<void> {
  const { agreement, campaign } = await lockAgreement(tx, input, 'share');
  const name = input.name.trim();
  const fields = [
    ...(name === '' || name.length > 200 ? [{ path: 'name', message: 'Type your full name, at most 200 characters' }] : []),
    ...(input.agreed ? [] : [{ path: 'agreed', message: 'Tick that you agree' }]),
  ];
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  if (input.documentHash.toLowerCase() !== agreement.documentHash) {
    throw new DomainError('conflict', { reason: 'document_changed' }, 'This is not the text that was sent; open the link again');
  }
  if (agreement.status === 'accepted') return;
  assertPending(agreement, campaign, tx.now);
  agreement.status = 'accepted';
  agreement.signedAt = tx.now;
  agreement.signedNameSealed = await sealJson(tx, input, signaturePlace(agreement.id), name);
  agreement.signedIp = input.ip;
  agreement.signedUserAgent = input.userAgent?.slice(0, 500) ?? null;
  agreement.signedHash = agreement.documentHash;
  audit(tx, {
    action: 'agreement.signed', entity: 'agreement', entityId: agreement.id, campaignId: campaign.id,
    data: { creatorId: agreement.creatorId, documentHash: agreement.documentHash },
  });
  await outbox(tx, 'agreement.changed', { agreementId: agreement.id });
}
