import { DomainError } from '@sevenfold/domain/errors';
import { Campaign } from '../campaigns/campaign.entity.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import { Collaboration } from '../collaborations/collaboration.entity.js';
import type { Tx } from '../db/tx.js';
import type { Figure } from './figure.js';
import { figureDueAt, missingOf, type FigureAsk } from './figures-asked.js';
import { Result } from './result.entity.js';

/** A post with its figures, each with its source, and what is still missing. Instants are UTC, ISO 8601. */
export interface ResultView {
  id: string;
  collaborationId: string;
  platform: string;
  postUrl: string;
  postedAt: string | null;
  figures: Record<string, Figure>;
  screenshotFileId: string | null;
  missing: (FigureAsk & { dueAt: string })[];
  createdAt: string;
  updatedAt: string;
}

/** The results of a collaboration, oldest first; a creator's own. @throws DomainError `not_found` */
export async function listResults(tx: Tx, collaborationId: string): Promise<ResultView[]> {
  const collaboration = await tx.em.findOne(Collaboration, { id: collaborationId });
  const foreign = tx.actor.kind === 'creator' && tx.actor.creatorId !== collaboration?.creatorId;
  if (!collaboration || foreign) throw new DomainError('not_found', { entity: 'collaboration' });
  const campaign = await findCampaign(tx, collaboration.campaignId);
  const results = await tx.em.find(Result, { collaborationId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return results.map((result) => toResultView(campaign, result));
}

/** The results of a whole campaign by collaboration. @throws DomainError `not_found` */
export async function listCampaignResults(tx: Tx, campaignId: string): Promise<(ResultView & { creator: { id: string; name: string } })[]> {
  const campaign = await findCampaign(tx, campaignId);
  const group = await tx.em.execute<{ id: string; creatorId: string; name: string }[]>(
    'select k.id, c.id as "creatorId", c.name from collaboration k join creator c on c.id = k.creator_id where k.campaign_id = ? order by c.name, c.id',
    [campaignId],
  );
  const results = await tx.em.find(Result, { collaborationId: group.map(({ id }) => id) }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return group.flatMap(({ id, creatorId, name }) =>
    results.filter(({ collaborationId }) => collaborationId === id).map((result) => ({ ...toResultView(campaign, result), creator: { id: creatorId, name } })),
  );
}

/** One result. @throws DomainError `not_found` */
export async function getResult(tx: Tx, resultId: string): Promise<ResultView> {
  await tx.em.flush();
  const result = await tx.em.findOne(Result, { id: resultId }, { refresh: true });
  if (!result) throw new DomainError('not_found', { entity: 'result' });
  const found = (await listResults(tx, result.collaborationId)).find(({ id }) => id === resultId);
  if (!found) throw new DomainError('not_found', { entity: 'result' });
  return found;
}

function toResultView(campaign: Campaign, result: Result): ResultView {
  return {
    id: result.id,
    collaborationId: result.collaborationId,
    platform: result.platform,
    postUrl: result.postUrl,
    postedAt: result.postedAt?.toISOString() ?? null,
    figures: result.figures,
    screenshotFileId: result.screenshotBlobId ?? null,
    missing: missingOf(campaign, result).map((ask) => ({ ...ask, dueAt: figureDueAt(campaign, result, ask).toISOString() })),
    createdAt: result.createdAt.toISOString(),
    updatedAt: result.updatedAt.toISOString(),
  };
}
