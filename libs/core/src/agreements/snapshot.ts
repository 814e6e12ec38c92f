import type { AgreementStatus } from '@sevenfold/domain/agreements';
import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** What the agreement's workflow knows of its row. Instants are ms since the epoch. */
export interface AgreementSnapshot {
  status: AgreementStatus;
  /** While the campaign is paused the window stands still. */
  paused: boolean;
  /** The PDF is stored and the creator was told, or needs no telling any more. */
  prepared: boolean;
  reminded: boolean;
  remindAt: number;
  expiresAt: number;
}

interface Row {
  status: AgreementStatus;
  paused: boolean;
  prepared: boolean;
  reminded: boolean;
  remindAt: string;
  expiresAt: string;
}

/** An agreement as it is now. @throws DomainError `not_found` */
export async function agreementSnapshot(tx: Tx, agreementId: string): Promise<AgreementSnapshot> {
  await tx.em.flush();
  const [row] = await tx.em.execute<Row[]>(
    `select a.status, c.paused_at is not null as paused, (a.told_at is not null or a.status <> 'pending') and a.pdf_blob_id is not null as prepared,
            a.reminded_at is not null as reminded, a.remind_at as "remindAt", a.expires_at as "expiresAt"
       from agreement a join campaign c on c.id = a.campaign_id where a.id = ?`,
    [agreementId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'agreement' });
  return { ...row, remindAt: rawInstant(row.remindAt).getTime(), expiresAt: rawInstant(row.expiresAt).getTime() };
}
