import type { AgreementStatus } from '@sevenfold/domain/agreements';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import type { Agreement } from './agreement.entity.js';

export interface AgreementEnd {
  status: Extract<AgreementStatus, 'declined' | 'expired' | 'withdrawn'>;
  /** As in `agreement.dropped-out`. */
  action: string;
  reason?: string | null;
}

/** Ends an agreement, with who, when and why on record, and wakes its workflow. */
export async function endAgreement(tx: Tx, agreement: Agreement, { status, action, reason }: AgreementEnd): Promise<void> {
  const from = agreement.status;
  agreement.status = status;
  agreement.endedAt = tx.now;
  agreement.endedBy = tx.actor;
  agreement.endedReason = reason ?? null;
  audit(tx, {
    action, entity: 'agreement', entityId: agreement.id, campaignId: agreement.campaignId,
    data: { from, to: status, creatorId: agreement.creatorId },
  });
  await outbox(tx, 'agreement.changed', { agreementId: agreement.id });
}
