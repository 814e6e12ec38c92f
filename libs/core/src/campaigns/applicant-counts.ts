import type { AgreementStatus } from '@sevenfold/domain/agreements';
import type { ApplicationStatus } from '@sevenfold/domain/applications';
import type { Tx } from '../db/tx.js';

/** How a campaign stands, in figures the team is told. */
export interface ApplicantCounts {
  applications: Record<ApplicationStatus, number>;
  /** By the state of each creator's latest agreement. */
  agreements: Record<AgreementStatus, number>;
  /** Selected, and no agreement sent yet or none that still counts. */
  selectedWithoutAgreement: number;
  invited: number;
}

/** Counted now; one statement. */
export async function applicantCounts(tx: Tx, campaignId: string): Promise<ApplicantCounts> {
  await tx.em.flush();
  const [row] = await tx.em.execute<Record<string, number>[]>(
    `with latest as (
       select distinct on (creator_id) creator_id, status from agreement where campaign_id = ? order by creator_id, sent_at desc, id desc)
     select count(*) filter (where a.status = 'pending')::int as app_pending,
            count(*) filter (where a.status = 'selected')::int as app_selected,
            count(*) filter (where a.status = 'declined')::int as app_declined,
            count(*) filter (where l.status = 'pending')::int as agr_pending,
            count(*) filter (where l.status = 'accepted')::int as agr_accepted,
            count(*) filter (where l.status = 'declined')::int as agr_declined,
            count(*) filter (where l.status = 'expired')::int as agr_expired,
            count(*) filter (where l.status = 'withdrawn')::int as agr_withdrawn,
            count(*) filter (where a.status = 'selected' and (l.status is null or l.status in ('expired', 'withdrawn')))::int as unsent,
            (select count(*)::int from invite where campaign_id = ?) as invited
       from application a left join latest l on l.creator_id = a.creator_id where a.campaign_id = ?`,
    [campaignId, campaignId, campaignId],
  );
  const count = (name: string): number => row?.[name] ?? 0;
  return {
    applications: { pending: count('app_pending'), selected: count('app_selected'), declined: count('app_declined') },
    agreements: {
      pending: count('agr_pending'), accepted: count('agr_accepted'), declined: count('agr_declined'),
      expired: count('agr_expired'), withdrawn: count('agr_withdrawn'),
    },
    selectedWithoutAgreement: count('unsent'),
    invited: count('invited'),
  };
}
