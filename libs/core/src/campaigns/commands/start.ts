import { DomainError, type Json } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { withdrawOpenAgreements } from '../../agreements/index.js';
import { nameActors } from '../../audit/named-actor.js';
import { Collaboration } from '../../collaborations/collaboration.entity.js';
import type { Tx } from '../../db/tx.js';
import { scheduleDue } from '../../engine/due.js';
import { tellTeam } from '../../notices/index.js';
import { openEntriesOfGroup } from '../../personal-data/index.js';
import { findApplicants, sortApplicants, type NamedApplicant } from '../applicants.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { dropPending } from '../milestones/settle-milestones.js';
import { resultsDueAt } from '../results-due-at.js';
import { tellCreators } from '../tell-creators.js';
import { assertPhase } from './assert-phase.js';
import { settleQuestions } from './settle-questions.js';

/**
 * Day 7 (E6): fixes the group for ever, takes back what is unsigned, opens the group's personal data, and tells everybody
 * how it ended. Happens once: the campaign's lock lets one of two presses win, the other learns who and when.
 * @throws DomainError `already_started`, `wrong_state`, `campaign_paused`, `nobody_signed`
 */
export async function start(tx: Tx, campaign: Campaign): Promise<Json> {
  await assertNotStarted(tx, campaign);
  assertPhase('start', campaign);
  const { group, bummer } = sortApplicants(await findApplicants(tx, campaign.id));
  if (group.length === 0) throw new DomainError('nobody_signed', { applicants: bummer.length });
  campaign.status = 'started';
  campaign.startedAt = tx.now;
  campaign.startedBy = tx.actor;
  await fixGroup(tx, campaign, group);
  const withdrawn = await withdrawOpenAgreements(tx, campaign.id, 'campaign-started');
  await openEntriesOfGroup(tx, campaign.id, group.map(({ creatorId }) => creatorId));
  await dropPending(tx, campaign.id, 'The collaboration was started');
  await settleQuestions(tx, campaign.id);
  await tellCreators(tx, campaign, 'congratulations', group);
  await tellCreators(tx, campaign, 'bummer', bummer);
  const counts = { group: group.length, bummer: bummer.length, agreementsWithdrawn: withdrawn };
  changed(tx, campaign, 'started', counts);
  await tellTeam(tx, {
    kind: 'campaign-started', campaignId: campaign.id, dedupeKey: `campaign-started:${campaign.id}`, asks: false,
    data: { name: campaign.name ?? '', ...counts, names: group.map(({ name }) => name) },
  });
  return { startedAt: tx.now.toISOString(), ...counts };
}

/** @throws DomainError `already_started` with who pressed and when */
async function assertNotStarted(tx: Tx, { status, startedAt, startedBy }: Campaign): Promise<void> {
  if (status !== 'started' && status !== 'finished') return;
  const by = (await nameActors(tx, [startedBy]))(startedBy);
  throw new DomainError('already_started', { state: status, at: startedAt?.toISOString() ?? null, by: by?.name ?? null, byId: by?.id ?? null });
}

async function fixGroup(tx: Tx, campaign: Campaign, group: readonly NamedApplicant[]): Promise<void> {
  const dueAt = resultsDueAt(campaign, tx.now);
  for (const { creatorId, agreementId } of group) {
    if (agreementId === null) throw new Error('Somebody is in the group without an agreement');
    const collaboration = tx.em.create(Collaboration, {
      id: newId(), workspaceId: tx.workspaceId, createdAt: tx.now, campaignId: campaign.id, creatorId, agreementId, startedAt: tx.now,
    });
    tx.em.persist(collaboration);
    await scheduleDue(tx, { kind: 'results.request', refId: collaboration.id, dedupeKey: `results.request:${collaboration.id}`, dueAt });
  }
}
