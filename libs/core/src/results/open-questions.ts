import { Campaign } from '../campaigns/campaign.entity.js';
import { Collaboration } from '../collaborations/collaboration.entity.js';
import type { Tx } from '../db/tx.js';
import { figureDueAt, figuresAskedOf, missingOf, type FigureAsk } from './figures-asked.js';
import { Result } from './result.entity.js';

/** One line of the message: a figure, or the address of a first post. */
export interface AskedFigure {
  metric: string;
  platform: string;
  why?: string;
  how?: string;
}

export interface OpenQuestions {
  campaign: Campaign;
  collaboration: Collaboration;
  /** Nothing was posted yet. */
  noPost: boolean;
  posts: { result: Result; missing: FigureAsk[] }[];
}

/**
 * What a creator of the group still owes, due by now. The collaboration's row is locked, so that two waits at the same moment ask once.
 * @returns null when it is no business any more: the campaign is finished, or nothing of it is left
 */
export async function openQuestions(tx: Tx, collaborationId: string): Promise<OpenQuestions | null> {
  await tx.em.execute('select 1 from collaboration where id = ? for update', [collaborationId]);
  const collaboration = await tx.em.findOne(Collaboration, { id: collaborationId }, { refresh: true });
  if (!collaboration) return null;
  const campaign = await tx.em.findOneOrFail(Campaign, { id: collaboration.campaignId });
  if (campaign.status !== 'started') return null;
  await tx.em.execute('select 1 from result where collaboration_id = ? order by id for update', [collaborationId]);
  const results = await tx.em.find(Result, { collaborationId }, { refresh: true, orderBy: { createdAt: 'asc', id: 'asc' } });
  const posts = results.map((result) => ({
    result,
    missing: missingOf(campaign, result).filter((ask) => figureDueAt(campaign, result, ask) <= tx.now),
  }));
  return { campaign, collaboration, noPost: results.length === 0, posts };
}

/** As the message tells it. */
export function toAsked({ metric, platform, why, how }: FigureAsk): AskedFigure {
  return { metric: metric.replaceAll('-', ' '), platform, why, how };
}

/** For whoever has not told of any post: its address, and every figure the campaign asks for. */
export function firstPost(campaign: Campaign): AskedFigure[] {
  const asked = figuresAskedOf(campaign);
  const platforms = [...new Set([...asked, ...(campaign.details.requirements?.platforms ?? [])].map(({ platform }) => platform))];
  return [{ metric: 'the address of your post', platform: platforms.join(' or ') || 'your platform' }, ...asked.map(toAsked)];
}
