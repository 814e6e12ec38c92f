import type { PdfRenderer } from '../browser/pdf-renderer.js';
import type { PartialSet } from '../engine/partial-set.js';
import { render, type TemplateData } from '../engine/render.js';
import { storyCardSource } from './story-card-source.js';

/** What the generated card shows. */
export interface StoryCardData extends TemplateData {
  readonly campaign: { readonly name: string; readonly closesAt?: Date | string };
  readonly client: { readonly name: string };
  readonly workspace: { readonly name: string };
  readonly hashtags?: readonly string[];
}

/** The size of a story, in pixels. */
export const STORY_SIZE = { width: 1080, height: 1920 } as const;

/** The card a story shows when the campaign marks no image as allowed. @returns a JPEG of 1080 × 1920, the only type Instagram takes */
export function renderStoryCard(data: StoryCardData, renderer: Pick<PdfRenderer, 'htmlToJpeg'>): Promise<Buffer> {
  return drawStoryCard(storyCardHtml(data), renderer);
}

/** The card as HTML. */
export function storyCardHtml(data: StoryCardData, source: string = storyCardSource, partials?: PartialSet): string {
  return render(source, data, 'html', partials);
}

/** @returns a JPEG of 1080 × 1920 */
export function drawStoryCard(html: string, renderer: Pick<PdfRenderer, 'htmlToJpeg'>): Promise<Buffer> {
  return renderer.htmlToJpeg(html, STORY_SIZE);
}
