import type { PdfRenderer } from '../browser/pdf-renderer.js';
import { STORY_SIZE } from './story-card.js';

const safeType = /^image\/[a-z0-9.+-]+$/;

/**
 * An image of any type the browser knows, whole on a dark ground of a story's size.
 * @returns a JPEG of 1080 × 1920
 * @throws RangeError when the type is no image's
 */
export function renderStoryPicture(
  image: { readonly bytes: Uint8Array; readonly contentType: string },
  renderer: Pick<PdfRenderer, 'htmlToJpeg'>,
): Promise<Buffer> {
  if (!safeType.test(image.contentType)) throw new RangeError('Only images can be drawn');
  const source = `data:${image.contentType};base64,${Buffer.from(image.bytes).toString('base64')}`;
  const { width, height } = STORY_SIZE;
  const html = `<!doctype html><html><body style="margin:0;width:${width}px;height:${height}px;background:#111827">
<img src="${source}" alt="" style="display:block;width:100%;height:100%;object-fit:contain"></body></html>`;
  return renderer.htmlToJpeg(html, STORY_SIZE);
}
