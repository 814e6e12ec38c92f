import { drawStoryCard, renderStoryPicture, storyCardHtml, type PdfRenderer, type StoryCardData } from '@sevenfold/templating';
import { Campaign } from '../campaigns/campaign.entity.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { blobsOf } from '../files/index.js';
import { writeDocument } from '../templates/index.js';
import { Story } from './story.entity.js';

/** The image of a story: itself, and where the platform can fetch it. */
export interface StoryImage {
  bytes: Uint8Array;
  contentType: string;
  url: string;
}

/** What platforms that fetch images themselves take for sure. */
const jpeg = 'image/jpeg';

/** The image the campaign allows, as a JPEG; else a card. What has to be drawn is drawn once and kept. */
export async function storyImage(db: Database, cards: Pick<PdfRenderer, 'htmlToJpeg'>, scope: Scope, storyId: string): Promise<StoryImage> {
  const known = await db.inWorkspace(scope, (tx) => load(tx, storyId));
  if (known?.contentType === jpeg) return known;
  // Drawn outside any transaction: a browser takes its time.
  const bytes = known
    ? await renderStoryPicture(known, cards)
    : await drawStoryCard(await db.inWorkspace(scope, (tx) => cardHtml(tx, storyId)), cards);
  await db.inWorkspace(scope, (tx) => keep(tx, storyId, bytes));
  const made = await db.inWorkspace(scope, (tx) => load(tx, storyId));
  if (!made) throw new Error('The image just kept is not there');
  return made;
}

async function load(tx: Tx, storyId: string): Promise<StoryImage | null> {
  const { imageBlobId } = await tx.em.findOneOrFail(Story, { id: storyId });
  const blob = imageBlobId ? await blobsOf(tx).get(imageBlobId) : null;
  if (!blob) return null;
  return { bytes: blob.bytes, contentType: blob.contentType, url: storyImageUrl(tx.services.publicUrl, storyId, blob.sha256) };
}

/** Public, as platforms fetch images themselves; the hash keeps it from being guessed and from ever changing. */
export function storyImageUrl(publicUrl: string, storyId: string, sha256: string): string {
  return `${publicUrl}/v1/public/stories/${storyId}/${sha256}`;
}

async function cardHtml(tx: Tx, storyId: string): Promise<string> {
  const story = await tx.em.findOneOrFail(Story, { id: storyId });
  const campaign = await tx.em.findOneOrFail(Campaign, { id: story.campaignId });
  const { locale, zone, workspace, client } = await campaignMessageData(tx, campaign);
  const write = await writeDocument<StoryCardData>(tx, 'story-card', campaign.id, storyCardHtml);
  return write({
    locale, zone, workspace, client,
    campaign: { name: campaign.name ?? '', ...(campaign.closesAt ? { closesAt: campaign.closesAt } : {}) },
    ...(campaign.details.hashtags ? { hashtags: campaign.details.hashtags } : {}),
  });
}

async function keep(tx: Tx, storyId: string, bytes: Buffer): Promise<void> {
  const { id } = await blobsOf(tx).put({ bytes, contentType: jpeg });
  await tx.em.execute('update story set image_blob_id = ? where id = ?', [id, storyId]);
}
