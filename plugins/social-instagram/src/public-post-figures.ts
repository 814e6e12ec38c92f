import { z } from 'zod';
import type { GraphClient } from './graph-client.js';
import { findMedia, listedFigures, mediaPage } from './media-page.js';
import type { PostAddress } from './parse-post-url.js';
import type { Pulled } from './pulled.js';

const discovered = z.object({ business_discovery: z.object({ media: mediaPage }) });
const USERNAME = /^[a-z0-9._]{1,30}$/;
const CURSOR = /^[A-Za-z0-9_=-]+$/;

/** Likes and comments of anybody's public post, looked up by our own professional account. */
export async function figuresOfPublicPost(
  post: PostAddress, username: string, ourAccountId: string, call: { token: string; signal: AbortSignal }, graph: GraphClient,
): Promise<Pulled> {
  // The name goes into a field expression, not into a parameter, so it must be nothing but a name.
  if (!USERNAME.test(username)) return { gap: 'post_not_found' };
  const media = await findMedia(post.shortcode, async (after) => {
    const cursor = after !== undefined && CURSOR.test(after) ? `.after(${after})` : '';
    const fields = `business_discovery.username(${username}){media${cursor}.limit(50){permalink,like_count,comments_count}}`;
    const answer = await graph({ ...call, path: [ourAccountId], params: { fields } });
    // Code 110: no such user, or a private one.
    if (answer.kind === 'error' && answer.code === 110) return { gap: 'post_not_found' };
    const page = answer.kind === 'ok' ? discovered.safeParse(answer.body).data?.business_discovery.media : undefined;
    return page === undefined ? { gap: 'unavailable' } : { page };
  });
  return 'gap' in media ? media : { figures: listedFigures(media), rest: 'needs_creator_access' };
}
