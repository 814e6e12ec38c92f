import { DomainError } from '@sevenfold/domain/errors';
import { may } from '@sevenfold/domain/roles';
import { addByHand } from '../applications/add-by-hand.js';
import { audit } from '../audit/audit.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { answerNotice } from '../notices/answer-notice.js';
import { customerSuccessNotice } from './request.js';

export interface ResolveInput {
  requestId: string;
  decision: 'add' | 'refuse';
  /** Why. An addition keeps it, or the reason of the request. */
  reason?: string | null;
}

/**
 * Customer success answers a request: the creator is added by hand, to pending, or the request is refused.
 * @throws DomainError `forbidden`, `not_found`, `wrong_state`, `already_applied`
 */
export async function resolveCustomerSuccess(tx: Tx, { requestId, decision, reason }: ResolveInput): Promise<{ campaignId: string; applicationId: string | null }> {
  const { actor } = tx;
  if (actor.kind !== 'member' || !may(actor.role, 'customer-success.resolve')) {
    throw new DomainError('forbidden', { action: 'customer-success.resolve' });
  }
  const [found] = await tx.em.execute<{ campaignId: string; creatorId: string }[]>(
    'select campaign_id as "campaignId", creator_id as "creatorId" from customer_success_request where id = ?',
    [requestId],
  );
  if (!found) throw new DomainError('not_found', { entity: 'customer_success_request' });
  await lockCampaign(tx, found.campaignId, 'share');
  const [request] = await tx.em.execute<{ status: string; reason: string }[]>(
    'select status, reason from customer_success_request where id = ? for update',
    [requestId],
  );
  if (request?.status !== 'open') throw new DomainError('wrong_state', { state: request?.status ?? 'gone', allowed: [] });
  const why = reason ?? request.reason;
  audit(tx, {
    action: decision === 'add' ? 'customer-success.added' : 'customer-success.refused', entity: 'customer_success_request', entityId: requestId,
    campaignId: found.campaignId, data: { creatorId: found.creatorId },
  });
  if (decision === 'add') {
    // Adding by hand answers every open request for this creator, this one among them.
    const { applicationId } = await addByHand(tx, { ...found, reason: why });
    return { campaignId: found.campaignId, applicationId };
  }
  await tx.em.execute(
    `update customer_success_request set status = 'refused', resolved_at = ?, resolved_by = ?::jsonb, resolution = ? where id = ?`,
    [tx.now, JSON.stringify(actor), reason ?? null, requestId],
  );
  await answerNotice(tx, customerSuccessNotice(requestId));
  return { campaignId: found.campaignId, applicationId: null };
}
