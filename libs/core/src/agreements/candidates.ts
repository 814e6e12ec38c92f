import { maySend, type AgreementStatus } from '@sevenfold/domain/agreements';
import type { ApplicationStatus } from '@sevenfold/domain/applications';
import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';

/** An application that may get an agreement, with all its creator had in this campaign. */
export interface Candidate {
  applicationId: string;
  creatorId: string;
  name: string;
  locale: string | null;
  status: ApplicationStatus;
  earlier: AgreementStatus[];
}

const columns = `a.id as "applicationId", a.creator_id as "creatorId", c.name, c.locale, a.status,
  coalesce((select json_agg(g.status) from agreement g where g.campaign_id = a.campaign_id and g.creator_id = a.creator_id), '[]') as earlier`;

/** Everybody selected who may be sent one now; who refused or has an open one is left out. */
export async function sendableCandidates(tx: Tx, campaignId: string): Promise<Candidate[]> {
  await tx.em.flush();
  const rows = await tx.em.execute<Candidate[]>(
    `select ${columns} from application a join creator c on c.id = a.creator_id
      where a.campaign_id = ? and a.status = 'selected' order by a.created_at, a.id`,
    [campaignId],
  );
  return rows.filter(({ earlier }) => maySend(earlier).ok);
}

/**
 * These and no others, in this order.
 * @throws DomainError for the first that cannot be sent one, naming its application: `invalid_fields` when it is not in
 *   the campaign or named twice, `wrong_state` when it is not selected, `refusal_final`, `agreement_open`
 */
export async function namedCandidates(tx: Tx, campaignId: string, applicationIds: readonly string[]): Promise<Candidate[]> {
  await tx.em.flush();
  const rows = await tx.em.execute<Candidate[]>(
    `select ${columns} from application a join creator c on c.id = a.creator_id where a.campaign_id = ? and a.id in (?)`,
    [campaignId, [...applicationIds]],
  );
  const byId = new Map(rows.map((row) => [row.applicationId, row]));
  const fields = applicationIds.flatMap((id, index) => {
    const message = !byId.has(id) ? 'There is no such application in this campaign' : applicationIds.indexOf(id) < index ? 'Is named twice' : null;
    return message === null ? [] : [{ path: `items.${index}.applicationId`, message }];
  });
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  const found = applicationIds.flatMap((id) => byId.get(id) ?? []);
  found.forEach(assertSendable);
  return found;
}

function assertSendable({ applicationId, creatorId, status, earlier }: Candidate): void {
  if (status !== 'selected') throw new DomainError('wrong_state', { state: status, allowed: ['selected'], applicationId });
  const outcome = maySend(earlier);
  if (!outcome.ok) throw new DomainError(outcome.code, { ...outcome.details, applicationId, creatorId });
}
