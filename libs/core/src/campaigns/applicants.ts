import type { AgreementStatus } from '@sevenfold/domain/agreements';
import type { ApplicationStatus } from '@sevenfold/domain/applications';
import { finalRecipients, type Applicant } from '@sevenfold/domain/recipients';
import { rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** Somebody who applied, with their latest agreement in the campaign. */
export interface NamedApplicant extends Applicant {
  name: string;
  locale: string | null;
  agreementId: string | null;
  signedAt: Date | null;
  expiresAt: Date | null;
}

interface Row {
  creator_id: string;
  name: string;
  locale: string | null;
  status: ApplicationStatus;
  agreement_id: string | null;
  agreement: AgreementStatus | null;
  signed_at: string | null;
  expires_at: string | null;
}

/** Everybody who applied, in the order they did. */
export async function findApplicants(tx: Tx, campaignId: string): Promise<NamedApplicant[]> {
  await tx.em.flush();
  const rows = await tx.em.execute<Row[]>(
    `select a.creator_id, c.name, c.locale, a.status, l.id as agreement_id, l.status as agreement, l.signed_at, l.expires_at
       from application a join creator c on c.id = a.creator_id
       left join lateral (
         select id, status, signed_at, expires_at from agreement
          where campaign_id = a.campaign_id and creator_id = a.creator_id order by sent_at desc, id desc limit 1) l on true
      where a.campaign_id = ? order by a.created_at, a.id`,
    [campaignId],
  );
  return rows.map((row) => ({
    creatorId: row.creator_id,
    name: row.name,
    locale: row.locale,
    status: row.status,
    agreement: row.agreement,
    agreementId: row.agreement_id,
    signedAt: rawInstantOrNull(row.signed_at),
    expiresAt: rawInstantOrNull(row.expires_at),
  }));
}

export interface SortedApplicants {
  group: NamedApplicant[];
  bummer: NamedApplicant[];
  silent: NamedApplicant[];
}

/** Sorts them by what they hear at the start (E6). */
export function sortApplicants(applicants: readonly NamedApplicant[]): SortedApplicants {
  const found = finalRecipients(applicants);
  const among = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return applicants.filter(({ creatorId }) => wanted.has(creatorId));
  };
  return { group: among(found.group), bummer: among(found.bummer), silent: among(found.silent) };
}
