import type { FoundStory, StoryEvidence } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import { tokenFor } from './access.js';
import type { InstagramConfig } from './config.js';
import type { GraphClient } from './graph-client.js';

const container = z.object({ status_code: z.string() });
const stories = z.object({ data: z.array(z.object({ id: z.string(), timestamp: z.coerce.date() })) });

// Graph stamps have whole seconds and its clock is not ours.
const TOLERANCE_MS = 5_000;

const unsure = (reason: string): FoundStory => ({ state: 'unsure', reason });

/**
 * Tells whether an attempt put its story online: by the container, which knows whether it was published, else by
 * the account's own list of stories since the attempt began.
 */
export async function findStory(
  asked: StoryEvidence, signal: AbortSignal, graph: GraphClient, config: InstagramConfig,
): Promise<FoundStory> {
  const token = tokenFor(asked, config);
  if (token === undefined) return unsure('no access token for this account');
  const call = { token, signal };
  const containerId = asked.evidence?.containerId;
  if (containerId !== undefined) {
    const answer = await graph({ ...call, path: [containerId], params: { fields: 'status_code' } });
    // Unknown containers (400, code 100) are expired ones: the list of stories has the last word.
    if (answer.kind === 'lost' || (answer.kind === 'error' && answer.code !== 100)) return unsure('Instagram cannot be asked');
    const status = answer.kind === 'ok' ? container.safeParse(answer.body).data?.status_code : undefined;
    if (answer.kind === 'ok' && status !== undefined) {
      if (status === 'PUBLISHED') return { state: 'published', certain: true, providerId: (await newest(asked, call, graph))?.id ?? containerId };
      if (status === 'ERROR' || status === 'EXPIRED') return { state: 'absent' };
      // The platform's own clock, whose stamps have whole seconds: it may seem to be before the start.
      const age = answer.at === undefined ? Infinity : Math.max(0, answer.at.getTime() - asked.startedAt.getTime());
      return age < config.INSTAGRAM_SETTLE_MS ? unsure('it may still be under way') : { state: 'absent' };
    }
  }
  const story = await newest(asked, call, graph);
  if (story === undefined) return unsure('Instagram cannot be asked');
  return story === null ? { state: 'absent' } : { state: 'published', certain: false, providerId: story.id };
}

/** The newest story since the attempt began; null if there is none, undefined if the list cannot be had. */
async function newest(
  asked: StoryEvidence, call: { token: string; signal: AbortSignal }, graph: GraphClient,
): Promise<{ id: string } | null | undefined> {
  const answer = await graph({ ...call, path: [asked.accountId, 'stories'], params: { fields: 'id,timestamp' } });
  if (answer.kind !== 'ok') return undefined;
  const list = stories.safeParse(answer.body);
  if (!list.success) return undefined;
  const since = asked.startedAt.getTime() - TOLERANCE_MS;
  return list.data.data
    .filter((story) => story.timestamp.getTime() >= since)
    .toSorted((a, b) => b.timestamp.getTime() - a.timestamp.getTime())[0] ?? null;
}
