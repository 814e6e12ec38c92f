import type { Lack } from '@sevenfold/domain/applications';
import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import { checkQualified, missingDetails, unknownFields } from '../applications/check-qualified.js';
import { loadCreator, type KnownCreator } from '../applications/creator-facts.js';
import { fillUnknown } from '../applications/fill-unknown.js';
import { insertApplication } from '../applications/insert-application.js';
import { assertOpen } from '../applications/phase.js';
import type { AboutCreator } from '../applications/schemas.js';
import { audit } from '../audit/audit.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { lockCampaign } from '../campaigns/lock.js';
import type { Tx } from '../db/tx.js';
import { answerNotice } from '../notices/answer-notice.js';
import { tellTeam } from '../notices/tell-team.js';
import { Invite } from './invite.entity.js';
import { thankForInterest } from './thank-for-interest.js';

/** How interest was shown. */
export type InterestVia = 'link' | 'app' | 'message' | 'member';

export interface InterestInput {
  inviteId: string;
  /** Given when the creator acts; somebody else's invite is not found. */
  creatorId?: string;
  via: InterestVia;
  about?: AboutCreator;
}

export type InterestOutcome =
  /** A pending application. */
  | { outcome: 'applied'; applicationId: string }
  /** Customer success may be asked; the team was told. */
  | { outcome: 'not-qualified'; missing: Lack[] }
  /** Values nobody knows; where the creator cannot be asked on the spot they were sent a link to fill them in. */
  | { outcome: 'asked'; fields: { path: string; message: string }[] };

/**
 * An invited creator is interested: a pending application, unless they lack a qualification. Showing it twice is once.
 * @throws DomainError `not_found`, `campaign_closed`, `invalid_fields` for wrong values about oneself
 */
export async function expressInterest(tx: Tx, input: InterestInput): Promise<InterestOutcome> {
  const [row] = await tx.em.execute<{ campaignId: string; creatorId: string }[]>(
    'select campaign_id as "campaignId", creator_id as "creatorId" from invite where id = ?',
    [input.inviteId],
  );
  if (!row || (input.creatorId !== undefined && input.creatorId !== row.creatorId)) throw new DomainError('not_found', { entity: 'invite' });
  const campaign = await lockCampaign(tx, row.campaignId, 'share');
  await tx.em.execute('select 1 from invite where id = ? for update', [input.inviteId]);
  const invite = await tx.em.findOneOrFail(Invite, { id: input.inviteId }, { refresh: true });
  const applied = await applicationOf(tx, row);
  if (applied) return settle(tx, invite, input.via, applied);
  assertOpen(campaign, tx.now);
  const known = await loadCreator(tx, row.creatorId);
  if (input.about) await fillUnknown(tx, known, input.about);
  const { missing, unknown } = checkQualified(campaign, known, tx.now);
  invite.interestedAt ??= tx.now;
  invite.interestVia ??= input.via;
  if (missing.length > 0) return notQualified(tx, invite, campaign, known, missing);
  if (unknown.length > 0) {
    if (input.via === 'message' || input.via === 'member') await thankForInterest(tx, invite, campaign, known.creator);
    return { outcome: 'asked', fields: unknownFields(unknown) };
  }
  const applicationId = await applyOnce(tx, row, known);
  if (input.via === 'message') await thankForInterest(tx, invite, campaign, known.creator);
  return settle(tx, invite, input.via, applicationId);
}

interface Who {
  campaignId: string;
  creatorId: string;
}

/** Somebody may apply by another door at the same moment: then theirs counts. */
async function applyOnce(tx: Tx, who: Who, { profiles }: KnownCreator): Promise<string> {
  try {
    return await insertApplication(tx, { ...who, source: 'invite', profileIds: profiles.map(({ id }) => id) });
  } catch (error) {
    const applied = isDomainError(error) && error.code === 'already_applied' ? await applicationOf(tx, who) : null;
    if (applied === null) throw error;
    return applied;
  }
}

async function applicationOf(tx: Tx, { campaignId, creatorId }: Who): Promise<string | null> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from application where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  return row?.id ?? null;
}

async function settle(tx: Tx, invite: Invite, via: InterestVia, applicationId: string): Promise<InterestOutcome> {
  if (invite.status !== 'interested') {
    invite.status = 'interested';
    invite.interestedAt ??= tx.now;
    invite.interestVia ??= via;
    invite.missing = null;
    audit(tx, {
      action: 'invite.interested', entity: 'invite', entityId: invite.id, campaignId: invite.campaignId,
      data: { creatorId: invite.creatorId, via, applicationId },
    });
    await answerNotice(tx, `mark-interested:${invite.id}`);
    await answerNotice(tx, `not-qualified:${invite.id}`);
  }
  return { outcome: 'applied', applicationId };
}

async function notQualified(tx: Tx, invite: Invite, campaign: Campaign, { creator }: KnownCreator, missing: Lack[]): Promise<InterestOutcome> {
  const details = missingDetails(missing);
  if (invite.status !== 'not-qualified') {
    audit(tx, {
      action: 'invite.not-qualified', entity: 'invite', entityId: invite.id, campaignId: campaign.id,
      data: { creatorId: creator.id, missing: missing.map(({ field }) => field) },
    });
  }
  invite.status = 'not-qualified';
  invite.missing = details;
  await answerNotice(tx, `mark-interested:${invite.id}`);
  await tellTeam(tx, {
    kind: 'not-qualified', campaignId: campaign.id, creatorId: creator.id, refId: invite.id, dedupeKey: `not-qualified:${invite.id}`, asks: true,
    data: { creator: creator.name, name: campaign.name ?? '', missing: details },
  });
  return { outcome: 'not-qualified', missing };
}
