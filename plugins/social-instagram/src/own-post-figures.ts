import { z } from 'zod';
import type { GraphClient } from './graph-client.js';
import { findMedia, listedFigures, mediaPage } from './media-page.js';
import type { PostAddress } from './parse-post-url.js';
import type { Pulled } from './pulled.js';

const insights = z.object({
  data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.number() })).min(1) })),
});

// Instagram's word → ours.
const INSIGHTS: Record<string, string | undefined> = { views: 'views', reach: 'reach', saved: 'saves', shares: 'shares' };

/** Figures of a post whose owner has connected their account: the listing's two, and the insights. */
export async function figuresOfOwnPost(
  post: PostAddress, accountId: string, call: { token: string; signal: AbortSignal }, graph: GraphClient,
): Promise<Pulled> {
  const media = await findMedia(post.shortcode, async (after) => {
    const params = { fields: 'id,permalink,like_count,comments_count', limit: '50', ...(after !== undefined && { after }) };
    const answer = await graph({ ...call, path: [accountId, 'media'], params });
    const page = answer.kind === 'ok' ? mediaPage.safeParse(answer.body).data : undefined;
    return page === undefined ? { gap: 'unavailable' } : { page };
  });
  if ('gap' in media) return media;
  const listed = listedFigures(media);
  if (media.id === undefined) return { figures: listed, rest: 'unavailable' };
  const answer = await graph({ ...call, path: [media.id, 'insights'], params: { metric: Object.keys(INSIGHTS).join(',') } });
  const read = answer.kind === 'ok' ? insights.safeParse(answer.body).data : undefined;
  if (read === undefined) return { figures: listed, rest: 'unavailable' };
  const measured = read.data.flatMap(({ name, values }) => {
    const word = Object.hasOwn(INSIGHTS, name) ? INSIGHTS[name] : undefined;
    const value = values[0]?.value;
    return word === undefined || value === undefined ? [] : [[word, value] as const];
  });
  return { figures: { ...listed, ...Object.fromEntries(measured) }, rest: 'not_offered' };
}
