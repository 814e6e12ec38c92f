import { DomainError } from '@sevenfold/domain/errors';
import { may } from '@sevenfold/domain/roles';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { answerNotice } from '../notices/answer-notice.js';
import { loadCreator } from './creator-facts.js';
import { insertApplication } from './insert-application.js';
import { assertBeforeStart } from './phase.js';

export interface AddByHandInput {
  campaignId: string;
  creatorId: string;
  /** Why the rules are passed; stays with the application. */
  reason: string;
}

/**
 * Customer success adds a creator past the rules: to pending, marked "by hand", with its reason. Possible until the start,
 * also after the close. Whatever asked for it (requests, notices) is answered by it.
 * @throws DomainError `forbidden`, `not_found`, `wrong_state`, `already_applied`
 */
export async function addByHand(tx: Tx, { campaignId, creatorId, reason }: AddByHandInput): Promise<{ applicationId: string }> {
  const { actor } = tx;
  if (actor.kind !== 'member' || !may(actor.role, 'application.add-by-hand')) {
    throw new DomainError('forbidden', { action: 'application.add-by-hand' });
  }
  const campaign = await lockCampaign(tx, campaignId, 'share');
  assertBeforeStart(campaign);
  const { profiles } = await loadCreator(tx, creatorId);
  const applicationId = await insertApplication(tx, {
    campaignId, creatorId, source: 'by-hand', profileIds: profiles.map(({ id }) => id), byHand: { reason, by: actor },
  });
  await answerRequests(tx, campaignId, creatorId, reason);
  return { applicationId };
}

async function answerRequests(tx: Tx, campaignId: string, creatorId: string, reason: string): Promise<void> {
  const requests = await tx.em.execute<{ id: string }[]>(
    `update customer_success_request set status = 'added', resolved_at = ?, resolved_by = ?, resolution = ?
      where campaign_id = ? and creator_id = ? and status = 'open' returning id`,
    [tx.now, JSON.stringify(tx.actor), reason, campaignId, creatorId],
  );
  for (const { id } of requests) await answerNotice(tx, `customer-success:${id}`);
  const [invite] = await tx.em.execute<{ id: string }[]>('select id from invite where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  if (!invite) return;
  await answerNotice(tx, `not-qualified:${invite.id}`);
  await answerNotice(tx, `mark-interested:${invite.id}`);
}
