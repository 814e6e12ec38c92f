import type { AttachmentRef, FetchContext, FetchedAttachment } from '@sevenfold/plugin-sdk';
import { networkReason } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { getOnce, type MediaAnswer, TooLarge } from './media-request.js';
import { placeOf } from './media-places.js';

const MOST_REDIRECTS = 3;

/**
 * Fetches what came with an MMS. It asks nobody but Twilio, whatever the webhook or a redirect names; the credentials go
 * to the API alone; reading stops at the size that is allowed.
 */
export async function fetchMedia({ url, contentType }: AttachmentRef, context: FetchContext, config: TwilioConfig): Promise<FetchedAttachment> {
  try {
    let next: string = url;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const place = placeOf(next, config);
      if (place === undefined) return { outcome: 'refused', reason: 'not a place of Twilio' };
      const answer = await getOnce(place, context, config.TWILIO_TIMEOUT_MS);
      if (answer.location === undefined) return read(answer, contentType);
      const target = URL.parse(answer.location, place.url.href);
      if (target === null) return { outcome: 'refused', reason: 'a redirect to nowhere' };
      next = target.href;
    }
    return { outcome: 'refused', reason: 'redirected too often' };
  } catch (error) {
    if (error instanceof TooLarge) return { outcome: 'refused', reason: 'too_large' };
    return { outcome: 'not_now', reason: context.signal.aborted ? 'given up while waiting' : networkReason(error) };
  }
}

function read({ status, retryAfterMs, contentType, content }: MediaAnswer, said: string): FetchedAttachment {
  if (status === 200) return { outcome: 'fetched', contentType: contentType ?? said, content };
  const reason = `HTTP ${status}`;
  if (status === 404 || status === 410) return { outcome: 'refused', reason: 'gone' };
  // 401 and 403 are our own credentials, which somebody may set right within the day.
  if (status === 401 || status === 403 || status === 408 || status === 429 || status >= 500) {
    return { outcome: 'not_now', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  return { outcome: 'refused', reason };
}
