import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { checkQualified, missingDetails } from '../applications/check-qualified.js';
import { loadCreator } from '../applications/creator-facts.js';
import { assertBeforeStart } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { answerNotice } from '../notices/answer-notice.js';
import { tellTeam } from '../notices/tell-team.js';

export interface AskCustomerSuccessInput {
  campaignId: string;
  creatorId: string;
  /** Why this creator should be in although the rules say no. */
  reason: string;
}

/** Under which key the question stands. */
export const customerSuccessNotice = (requestId: string): string => `customer-success:${requestId}`;

/**
 * *Ask customer success*: may this creator join past the rules? Asked again while it is open, it is the same question.
 * @throws DomainError `not_found`, `wrong_state`, `already_applied`
 */
export async function askCustomerSuccess(tx: Tx, { campaignId, creatorId, reason }: AskCustomerSuccessInput): Promise<{ requestId: string }> {
  const campaign = await lockCampaign(tx, campaignId, 'share');
  assertBeforeStart(campaign);
  const known = await loadCreator(tx, creatorId);
  const applied = await tx.em.execute('select 1 from application where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  if (applied.length > 0) throw new DomainError('already_applied');
  const { missing } = checkQualified(campaign, known, tx.now);
  const requestId = newId();
  await tx.em.flush();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into customer_success_request (id, workspace_id, created_at, campaign_id, creator_id, reason, missing, status, requested_by)
     values (?, ?, ?, ?, ?, ?, ?::jsonb, 'open', ?::jsonb)
     on conflict (campaign_id, creator_id) where status = 'open' do nothing returning id`,
    [requestId, tx.workspaceId, tx.now, campaignId, creatorId, reason, JSON.stringify(missingDetails(missing)), JSON.stringify(tx.actor)],
  );
  if (inserted.length === 0) return { requestId: await openRequest(tx, campaignId, creatorId) };
  audit(tx, {
    action: 'customer-success.asked', entity: 'customer_success_request', entityId: requestId, campaignId,
    data: { creatorId, missing: missing.map(({ field }) => field) },
  });
  await tellTeam(tx, {
    kind: 'customer-success-request', campaignId, creatorId, refId: requestId, dedupeKey: customerSuccessNotice(requestId), asks: true,
    data: { creator: known.creator.name, name: campaign.name ?? '', reason, missing: missingDetails(missing) },
  });
  const [invite] = await tx.em.execute<{ id: string }[]>('select id from invite where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  if (invite) await answerNotice(tx, `not-qualified:${invite.id}`);
  return { requestId };
}

async function openRequest(tx: Tx, campaignId: string, creatorId: string): Promise<string> {
  const [row] = await tx.em.execute<{ id: string }[]>(
    `select id from customer_success_request where campaign_id = ? and creator_id = ? and status = 'open'`,
    [campaignId, creatorId],
  );
  if (!row) throw new DomainError('conflict');
  return row.id;
}
