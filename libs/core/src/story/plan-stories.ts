import { newId } from '@sevenfold/platform/ids';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { Tx } from '../db/tx.js';
import { maxStories } from './story-limits.js';

/** Writes the stories to post: one for each image the campaign allows, else one for a generated card. Again changes nothing. */
export async function planStories(tx: Tx, campaign: Campaign): Promise<void> {
  const allowed = (campaign.details.images ?? []).filter(({ storyAllowed }) => storyAllowed).slice(0, maxStories);
  const images = allowed.length > 0 ? allowed.map(({ fileId }) => fileId) : [null];
  await tx.em.flush();
  for (const [position, fileId] of images.entries()) {
    await tx.em.execute(
      `insert into story (id, workspace_id, created_at, campaign_id, position, status, attempts, image_blob_id, generated)
       values (?, ?, ?, ?, ?, 'waiting', 0, ?, ?) on conflict (campaign_id, position) do nothing`,
      [newId(), tx.workspaceId, tx.now, campaign.id, position, fileId, fileId === null],
    );
  }
}
