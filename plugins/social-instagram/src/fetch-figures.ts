import type { FigureGap, FiguresRequest, PluginHost, PostFigures } from '@sevenfold/plugin-sdk';
import type { InstagramConfig } from './config.js';
import { figuresOfOwnPost } from './own-post-figures.js';
import type { GraphClient } from './graph-client.js';
import { parsePostUrl, type PostAddress } from './parse-post-url.js';
import { figuresOfPublicPost } from './public-post-figures.js';
import type { Pulled } from './pulled.js';

/** All metrics Instagram gives somebody, in the product's words. */
export const METRICS = ['views', 'reach', 'likes', 'comments', 'saves', 'shares'] as const;

/**
 * Pulls what this access allows: everything for the connected owner of the post, likes and comments for anybody's
 * public post. Every wanted metric is either a figure or a reason.
 */
export async function fetchPostFigures(
  request: FiguresRequest, signal: AbortSignal, graph: GraphClient, config: InstagramConfig, host: PluginHost,
): Promise<PostFigures> {
  const post = parsePostUrl(request.postUrl);
  const pulled = post === undefined ? { gap: 'post_not_found' as const } : await pull(request, post, signal, graph, config);
  const figures: Record<string, number> = {};
  const missing: Record<string, FigureGap> = {};
  for (const metric of request.metrics ?? METRICS) {
    const figure = 'figures' in pulled && Object.hasOwn(pulled.figures, metric) ? pulled.figures[metric] : undefined;
    if (figure !== undefined) figures[metric] = figure;
    else if (!METRICS.some((known) => known === metric)) missing[metric] = 'not_offered';
    else missing[metric] = 'gap' in pulled ? pulled.gap : pulled.rest;
  }
  return { figures, missing, fetchedAt: await host.clock.now() };
}

async function pull(
  request: FiguresRequest, post: PostAddress, signal: AbortSignal, graph: GraphClient, config: InstagramConfig,
): Promise<Pulled> {
  if (request.accountId !== undefined && request.accessToken !== undefined) {
    return figuresOfOwnPost(post, request.accountId, { token: request.accessToken, signal }, graph);
  }
  const username = request.username?.replace(/^@/, '').toLowerCase() ?? post.username;
  const own = request.lookUpBy?.accessToken === undefined ? undefined : request.lookUpBy;
  // Reading what is public harms nobody, so the installation's account may do it for any workspace.
  const account = own?.accountId ?? config.INSTAGRAM_ACCOUNT_ID;
  const token = own?.accessToken ?? config.INSTAGRAM_ACCESS_TOKEN;
  if (account === undefined || token === undefined || username === undefined) return { gap: 'needs_creator_access' };
  return figuresOfPublicPost(post, username, account, { token, signal }, graph);
}
