import { maySend, type AgreementStatus } from '@sevenfold/domain/agreements';
import { DomainError } from '@sevenfold/domain/errors';
import { Application } from '../applications/application.entity.js';
import { assertBeforeStart } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { lockCampaign } from '../campaigns/lock.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { answerNotice } from '../notices/answer-notice.js';
import { replacementNotice } from './ask-replacement.js';
import { Replacement } from './replacement.entity.js';

export interface ReplacementView {
  id: string;
  agreementId: string;
  /** Who is to be replaced, and why. */
  creator: { id: string; name: string };
  reason: 'declined' | 'dropped-out' | 'expired';
  status: 'open' | 'chosen' | 'lapsed';
  chosen: { applicationId: string; creatorId: string; name: string } | null;
  createdAt: string;
  resolvedAt: string | null;
}

interface Row extends Omit<ReplacementView, 'creator' | 'chosen'> {
  creatorId: string;
  creatorName: string;
  chosenApplicationId: string | null;
  chosenCreatorId: string | null;
  chosenName: string | null;
}

/** The refusals, drop-outs and expiries of a campaign for which somebody else is or was to be chosen. Oldest first. @throws DomainError `not_found` */
export async function listReplacements(tx: Tx, campaignId: string, status?: ReplacementView['status']): Promise<ReplacementView[]> {
  await findCampaign(tx, campaignId);
  const rows = await tx.em.execute<Row[]>(
    `select r.id, r.agreement_id as "agreementId", r.reason, r.status, r.created_at as "createdAt", r.resolved_at as "resolvedAt",
            c.id as "creatorId", c.name as "creatorName", a.id as "chosenApplicationId", n.id as "chosenCreatorId", n.name as "chosenName"
       from replacement r join agreement g on g.id = r.agreement_id join creator c on c.id = g.creator_id
       left join application a on a.id = r.chosen_application_id left join creator n on n.id = a.creator_id
      where r.campaign_id = ? ${status ? 'and r.status = ?' : ''} order by r.created_at, r.id limit 1000`,
    status ? [campaignId, status] : [campaignId],
  );
  return rows.map(({ creatorId, creatorName, chosenApplicationId, chosenCreatorId, chosenName, ...row }) => ({
    ...row,
    creator: { id: creatorId, name: creatorName },
    chosen: chosenApplicationId && chosenCreatorId ? { applicationId: chosenApplicationId, creatorId: chosenCreatorId, name: chosenName ?? '' } : null,
    createdAt: iso(row.createdAt),
    resolvedAt: iso(row.resolvedAt),
  }));
}

/**
 * Answers the question by selecting another application; possible until the start. The agreement is sent as always.
 * @throws DomainError `not_found`, `wrong_state`, `refusal_final`, `agreement_open`
 */
export async function chooseReplacement(
  tx: Tx,
  { replacementId, applicationId }: { replacementId: string; applicationId: string },
): Promise<{ campaignId: string }> {
  const [found] = await tx.em.execute<{ campaignId: string }[]>('select campaign_id as "campaignId" from replacement where id = ?', [replacementId]);
  if (!found) throw new DomainError('not_found', { entity: 'replacement' });
  const campaign = await lockCampaign(tx, found.campaignId, 'share');
  assertBeforeStart(campaign);
  await tx.em.execute('select 1 from replacement where id = ? for update', [replacementId]);
  const replacement = await tx.em.findOneOrFail(Replacement, { id: replacementId }, { refresh: true });
  if (replacement.status !== 'open') throw new DomainError('wrong_state', { state: replacement.status, allowed: [] });
  const application = await selectable(tx, campaign.id, applicationId);
  if (application.status !== 'selected') {
    const from = application.status;
    application.status = 'selected';
    application.movedAt = tx.now;
    application.movedBy = tx.actor;
    audit(tx, {
      action: 'application.moved', entity: 'application', entityId: applicationId, campaignId: campaign.id,
      data: { from, to: 'selected', creatorId: application.creatorId },
    });
  }
  replacement.status = 'chosen';
  replacement.chosenApplicationId = applicationId;
  replacement.resolvedAt = tx.now;
  audit(tx, {
    action: 'replacement.chosen', entity: 'replacement', entityId: replacementId, campaignId: campaign.id,
    data: { applicationId, creatorId: application.creatorId, agreementId: replacement.agreementId },
  });
  await answerNotice(tx, replacementNotice(replacementId));
  return { campaignId: campaign.id };
}

/** Locked, of this campaign, and of somebody who may still be sent an agreement. */
async function selectable(tx: Tx, campaignId: string, applicationId: string): Promise<Application> {
  await tx.em.execute('select 1 from application where id = ? and campaign_id = ? for update', [applicationId, campaignId]);
  const application = await tx.em.findOne(Application, { id: applicationId, campaignId }, { refresh: true });
  if (!application) throw new DomainError('not_found', { entity: 'application' });
  const earlier = await tx.em.execute<{ status: AgreementStatus }[]>(
    'select status from agreement where campaign_id = ? and creator_id = ?',
    [campaignId, application.creatorId],
  );
  const outcome = maySend(earlier.map(({ status }) => status));
  if (!outcome.ok) throw new DomainError(outcome.code, { ...outcome.details, applicationId });
  return application;
}
