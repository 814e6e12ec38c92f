import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/index.js';
import type { Story } from './story.entity.js';

/** The story is online. */
export async function storyPosted(tx: Tx, story: Story, providerId: string, reason: string | null = null): Promise<void> {
  Object.assign(story, { status: 'posted', providerId, reason, claim: null, postedAt: tx.now });
  record(tx, story, 'story.posted');
  await tx.em.flush();
}

/** There is nobody to tell any more: no story. */
export async function skipStory(tx: Tx, story: Story, reason: string): Promise<void> {
  Object.assign(story, { status: 'skipped', reason, claim: null });
  record(tx, story, 'story.skipped');
  await tx.em.flush();
}

/** It could not be posted: the team is told, and nothing else stops (E1). */
export async function failStory(tx: Tx, story: Story, reason: string): Promise<void> {
  Object.assign(story, { status: 'failed', reason, claim: null });
  record(tx, story, 'story.failed');
  const [campaign] = await tx.em.execute<{ name: string | null }[]>('select name from campaign where id = ?', [story.campaignId]);
  await tellTeam(tx, {
    kind: 'story-failed', campaignId: story.campaignId, refId: story.id, dedupeKey: `story-failed:${story.id}`, asks: true,
    data: { name: campaign?.name ?? null, reason, attempts: story.attempts },
  });
}

function record(tx: Tx, story: Story, action: string): void {
  audit(tx, {
    action, entity: 'story', entityId: story.id, campaignId: story.campaignId,
    data: { reason: story.reason ?? null, attempts: story.attempts, generated: story.generated },
  });
}
