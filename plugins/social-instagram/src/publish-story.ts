import { setTimeout as sleep } from 'node:timers/promises';
import { accepted, notSent, rejected, type SendOutcome, type StoryContext, type StoryRequest } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import { tokenFor } from './access.js';
import type { InstagramConfig } from './config.js';
import type { GraphClient } from './graph-client.js';
import { failedBefore, failedPublishing } from './graph-outcome.js';

const created = z.object({ id: z.string().min(1) });
const looked = z.object({ status_code: z.string() });
const MAX_LOOKS = 30;

/**
 * Publishes a story: the image becomes a container nobody sees, the container is published. Between the two the
 * container's id is remembered, because it alone can tell later whether publishing happened.
 */
export async function publishStory(
  story: StoryRequest, context: StoryContext, graph: GraphClient, config: InstagramConfig,
): Promise<SendOutcome> {
  const token = tokenFor(story, config);
  if (token === undefined) return rejected('no_access_token', 'no access token for this account');
  if (story.imageUrl === undefined) return rejected('no_image_url', 'Instagram fetches images from a public URL');
  if (context.signal.aborted) return notSent('aborted before sending');
  const call = { token, signal: context.signal };

  const params = { media_type: 'STORIES', image_url: story.imageUrl };
  const container = await graph({ ...call, method: 'POST', path: [story.accountId, 'media'], params });
  if (container.kind !== 'ok') return failedBefore(container);
  const containerId = created.safeParse(container.body).data?.id;
  if (containerId === undefined) return notSent('no container id');

  const objection = await untilReady(containerId, call, graph, config);
  if (objection !== undefined) return objection;

  const evidence = { containerId };
  try {
    await context.remember?.(evidence);
  } catch {
    return notSent('the attempt could not be remembered');
  }
  const published = await graph({ ...call, method: 'POST', path: [story.accountId, 'media_publish'], params: { creation_id: containerId } });
  if (published.kind !== 'ok') return failedPublishing(published, evidence);
  return accepted(created.safeParse(published.body).data?.id ?? containerId);
}

/** Waits until Instagram has fetched and checked the image; anything but that is the outcome. */
async function untilReady(
  containerId: string, call: { token: string; signal: AbortSignal }, graph: GraphClient, config: InstagramConfig,
): Promise<SendOutcome | undefined> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const answer = await graph({ ...call, path: [containerId], params: { fields: 'status_code' } });
    if (answer.kind !== 'ok') return failedBefore(answer);
    const status = looked.safeParse(answer.body).data?.status_code;
    if (status === 'FINISHED') return undefined;
    if (status === 'ERROR' || status === 'EXPIRED') return rejected('image_refused', 'Instagram could not use the image');
    if (await interrupted(config.INSTAGRAM_POLL_MS, call.signal)) return notSent('aborted before publishing');
  }
  return notSent('the image was not ready in time');
}

const interrupted = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, false, { signal }).catch(() => true);
