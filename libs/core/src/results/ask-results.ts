import { day, scaleWindow } from '@sevenfold/domain/schedule';
import { forReader } from '../applications/for-reader.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import { mintLink } from '../creators/links.js';
import type { Tx } from '../db/tx.js';
import { scheduleDue } from '../engine/due.js';
import type { DueCall } from '../engine/sweeper/due-handlers.js';
import { queueMessage } from '../inbox/queue-message.js';
import { writeMessage } from '../templates/index.js';
import { firstPost, openQuestions, toAsked, type AskedFigure, type OpenQuestions } from './open-questions.js';

/** How long after the request the one reminder comes, in ms of an ordinary day. */
const reminderAfterMs = 3 * day;

/**
 * A wait for results has ended: the creator is asked for what is due, missing and not asked before, and a reminder is set.
 * @returns what happened, for the record
 */
export async function resultsRequest(tx: Tx, call: DueCall): Promise<string> {
  const open = await openQuestions(tx, call.refId);
  if (!open) return 'finished';
  const asked = takeQuestions(tx, open);
  if (asked.length === 0) return 'complete';
  await write(tx, open, call, 'results-request', asked);
  await scheduleDue(tx, {
    kind: 'results.remind', refId: call.refId, dedupeKey: `results.remind:${call.id}`,
    dueAt: new Date(tx.now.getTime() + scaleWindow(reminderAfterMs, open.campaign.schedule ?? { day: 'calendar' })),
  });
  return 'asked';
}

/**
 * The creator is reminded of what they were asked for and is still missing; each figure once.
 * @returns what happened, for the record
 */
export async function resultsRemind(tx: Tx, call: DueCall): Promise<string> {
  const open = await openQuestions(tx, call.refId);
  if (!open) return 'finished';
  const asked = takeReminders(tx, open);
  if (asked.length === 0) return 'complete';
  await write(tx, open, call, 'results-reminder', asked);
  return 'reminded';
}

function takeQuestions(tx: Tx, { campaign, collaboration, noPost, posts }: OpenQuestions): AskedFigure[] {
  if (noPost) {
    if (collaboration.postAskedAt != null) return [];
    collaboration.postAskedAt = tx.now;
    return firstPost(campaign);
  }
  return posts.flatMap(({ result, missing }) => {
    const fresh = missing.filter(({ metric }) => result.asked[metric] === undefined);
    result.asked = { ...result.asked, ...Object.fromEntries(fresh.map(({ metric }) => [metric, 'asked' as const])) };
    return fresh.map(toAsked);
  });
}

function takeReminders(tx: Tx, { campaign, collaboration, noPost, posts }: OpenQuestions): AskedFigure[] {
  if (noPost) {
    if (collaboration.postAskedAt == null || collaboration.postRemindedAt != null) return [];
    collaboration.postRemindedAt = tx.now;
    return firstPost(campaign);
  }
  return posts.flatMap(({ result, missing }) => {
    const again = missing.filter(({ metric }) => result.asked[metric] === 'asked');
    result.asked = { ...result.asked, ...Object.fromEntries(again.map(({ metric }) => [metric, 'reminded' as const])) };
    return again.map(toAsked);
  });
}

async function write(
  tx: Tx,
  { campaign, collaboration }: OpenQuestions,
  call: DueCall,
  kind: 'results-request' | 'results-reminder',
  figures: AskedFigure[],
): Promise<void> {
  const { creatorId } = collaboration;
  const [creator] = await tx.em.execute<{ name: string; locale: string | null }[]>('select name, locale from creator where id = ?', [creatorId]);
  if (!creator) throw new Error('A collaboration has a creator');
  const { url } = await mintLink(tx, { creatorId, purpose: 'creator' });
  const data = forReader(await campaignMessageData(tx, campaign), creator, { figures, link: url });
  const texts = await writeMessage(tx, kind, data, { campaignId: campaign.id });
  await queueMessage(tx, {
    creatorId, campaignId: campaign.id, kind, texts, dedupeKey: `${kind}:${call.id}`, automatic: true, purpose: 'notice',
  });
}
