import { DomainError } from '@sevenfold/domain/errors';
import type { FigureGap } from '@sevenfold/plugin-sdk';
import { audit } from '../audit/audit.js';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { storyPlatform } from '../story/story-limits.js';
import { instagramAccess } from '../workspaces/instagram-access.js';
import { findOwnCollaboration } from './find-collaboration.js';
import { missingOf } from './figures-asked.js';
import { mergePulled } from './merge-figures.js';
import { Result } from './result.entity.js';
import { lockResult } from './save-result.js';

/** How long a platform may take to answer, in ms. */
const patienceMs = 15_000;

/** What was pulled, and why the rest was not. */
export interface Pulled {
  metrics: string[];
  gaps: Record<string, FigureGap>;
}

/**
 * Has the platform's plugin tell what it can of a post: what the campaign asks for and is missing, or everything when
 * it asks for nothing. The platform is asked between two transactions, never inside one.
 * @returns null when no plugin knows the platform
 * @throws DomainError `not_found`, `wrong_state`
 */
export async function pullFigures(db: Database, scope: Scope, resultId: string, { notBefore = 0 } = {}): Promise<Pulled | null> {
  const wanted = await db.inWorkspace(scope, (tx) => whatToPull(tx, resultId), { notBefore });
  const plugin = db.services.plugins.social(wanted.platform);
  if (!plugin) return null;
  const { figures, missing } = await plugin.fetchPostFigures(wanted.request, { signal: AbortSignal.timeout(patienceMs) });
  if (Object.keys(figures).length > 0) {
    await db.inWorkspace(scope, (tx) => keep(tx, resultId, wanted.platform, figures), { notBefore });
  }
  return { metrics: Object.keys(figures), gaps: missing };
}

async function whatToPull(tx: Tx, resultId: string) {
  const result = await tx.em.findOne(Result, { id: resultId });
  if (!result) throw new DomainError('not_found', { entity: 'result' });
  const { collaboration, campaign } = await findOwnCollaboration(tx, result.collaborationId);
  const { platform, postUrl } = result;
  const [profile] = await tx.em.execute<{ username: string }[]>(
    'select username from creator_profile where creator_id = ? and platform = ? order by created_at, id limit 1',
    [collaboration.creatorId, platform],
  );
  const lookUpBy = platform === storyPlatform ? await instagramAccess(tx) : null;
  const metrics = missingOf(campaign, result).map(({ metric }) => metric);
  return {
    platform,
    request: {
      postUrl, ...(profile && { username: profile.username }), ...(metrics.length > 0 && { metrics }), ...(lookUpBy && { lookUpBy }),
    },
  };
}

async function keep(tx: Tx, resultId: string, platform: string, figures: Record<string, number>): Promise<void> {
  const result = await lockResult(tx, resultId);
  result.figures = mergePulled(result.figures, figures, platform, tx.now);
  result.updatedAt = tx.now;
  const { collaboration } = await findOwnCollaboration(tx, result.collaborationId);
  audit(tx, {
    action: 'result.pulled', entity: 'result', entityId: resultId, campaignId: collaboration.campaignId,
    data: { platform, figures: Object.keys(figures) },
  });
}

/** The posts of a collaboration that lack something a plugin may know. */
export async function pullable(tx: Tx, collaborationId: string): Promise<string[]> {
  const { campaign } = await findOwnCollaboration(tx, collaborationId);
  if (campaign.status !== 'started') return [];
  const results = await tx.em.find(Result, { collaborationId }, { orderBy: { id: 'asc' } });
  return results
    .filter((result) => tx.services.plugins.social(result.platform) !== undefined && missingOf(campaign, result).length > 0)
    .map(({ id }) => id);
}
