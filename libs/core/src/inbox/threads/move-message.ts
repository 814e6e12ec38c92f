import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../../audit/audit.js';
import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { stopOnReply } from '../../sequences/stop-runs.js';
import { startReplyClock } from '../clock/start-clock.js';
import { stopReplyClock } from '../clock/stop-clock.js';
import { threadToHold } from '../ensure-thread.js';
import { hintThread } from '../hint-thread.js';
import { findAnswered } from '../inbound/find-answered.js';
import { checkCampaign } from './change-message-campaign.js';
import { getMessage } from './list-messages.js';
import type { MessageView } from './message-view.js';
import { holdThreads } from './hold-threads.js';
import { recountThread } from './recount-thread.js';

export interface MoveMessageInput {
  messageId: string;
  /** Whose message it really is. */
  creatorId: string;
  /** Unless told, the campaign of the last message to that creator. */
  campaignId?: string | null | undefined;
}

interface Moving {
  threadId: string;
  creatorId: string;
  direction: 'in' | 'out';
  automatic: boolean;
  channel: string;
  createdAt: string;
  readAt: string | null;
}

/**
 * Puts a message into another creator's thread, with its files. Both threads say afterwards what their messages say, and whoever waits
 * for an answer has waited since the message came; what followed up on the silence of whoever wrote it, ends. What was sent cannot be
 * moved: it went to whom it went.
 * @throws DomainError `not_found` for the message or the creator, `wrong_state` for what was sent, `invalid_fields` for a campaign that is not there
 */
export async function moveMessage(tx: Tx, { messageId, creatorId, campaignId }: MoveMessageInput): Promise<MessageView> {
  const before = await find(tx, messageId);
  if (before.direction === 'out') throw new DomainError('wrong_state', { state: 'sent', allowed: ['received'] }, 'Only what came in can be moved');
  if (campaignId != null) await checkCampaign(tx, campaignId);
  const [creator] = await tx.em.execute<{ id: string }[]>('select id from creator where id = ? and erased_at is null', [creatorId]);
  if (!creator) throw new DomainError('not_found', { entity: 'creator' });
  const target = await threadToHold(tx, creatorId);
  await holdThreads(tx, [before.threadId, target]);
  const message = await find(tx, messageId, 'for no key update');
  if (message.threadId !== before.threadId) throw new DomainError('conflict', { entity: 'message' }, 'Somebody moved this message just now');
  if (target === message.threadId) return getMessage(tx, messageId);
  if (!message.automatic) await stopOnReply(tx, creatorId, rawInstant(message.createdAt));
  await reassign(tx, messageId, message, { target, creatorId, campaignId });
  await settle(tx, message, target);
  audit(tx, { action: 'message.moved', entity: 'message', entityId: messageId, data: { fromCreatorId: message.creatorId, toCreatorId: creatorId } });
  await hintThread(tx, message.threadId, messageId);
  await hintThread(tx, target, messageId);
  await tx.em.flush();
  return getMessage(tx, messageId);
}

async function find(tx: Tx, messageId: string, lock = ''): Promise<Moving> {
  const [row] = await tx.em.execute<Moving[]>(
    `select thread_id as "threadId", creator_id as "creatorId", direction, automatic, channel, created_at as "createdAt", read_at as "readAt" from message where id = ? ${lock}`,
    [messageId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'message' });
  return row;
}

async function reassign(tx: Tx, messageId: string, { channel }: Moving, { target, creatorId, campaignId }: { target: string; creatorId: string; campaignId?: string | null | undefined }): Promise<void> {
  const answered = await findAnswered(tx, target, channel);
  // Personal links in it were sealed for somebody else: nobody else ever sees them.
  await tx.em.execute(
    'update message set thread_id = ?, creator_id = ?, campaign_id = ?, in_reply_to_id = ?, sealed_links = null where id = ?',
    [target, creatorId, campaignId === undefined ? (answered?.campaignId ?? null) : campaignId, answered?.messageId ?? null, messageId],
  );
  // It answers nothing in the old thread, and nothing there answers it by name.
  await tx.em.execute('update message set in_reply_to_id = null where in_reply_to_id = ? and thread_id <> ?', [messageId, target]);
}

async function settle(tx: Tx, message: Moving, target: string): Promise<void> {
  const unread = message.readAt === null && !message.automatic ? 1 : 0;
  await recountThread(tx, message.threadId, -unread);
  await recountThread(tx, target, unread);
  if (message.automatic) return;
  // There it is a message that came in, which wakes a thread; here one has gone, which is no reason to.
  await tx.em.execute('update thread set snoozed_until = null where id = ?', [target]);
  await stillWaiting(tx, message);
  await nowWaiting(tx, message, target);
}

/** The old thread waits for what is left there of what nobody has answered. */
async function stillWaiting(tx: Tx, { threadId }: Moving): Promise<void> {
  const [row] = await tx.em.execute<{ was: string | null; since: string | null }[]>(
    `select t.waiting_since as was, (select min(m.created_at) from message m where m.thread_id = t.id and m.direction = 'in' and not m.automatic
                                        and m.created_at >= t.waiting_since) as since
       from thread t where t.id = ?`,
    [threadId],
  );
  if (!row?.was || row.since === row.was) return;
  if (row.since === null) return stopReplyClock(tx, threadId);
  await waitSince(tx, threadId, rawInstant(row.since));
}

/** The new one waits since the message came, unless a person has written to that creator after it. */
async function nowWaiting(tx: Tx, { createdAt }: Moving, target: string): Promise<void> {
  const [row] = await tx.em.execute<{ was: string | null; answered: boolean }[]>(
    `select t.waiting_since as was, exists (
              select 1 from message m where m.thread_id = t.id and m.direction = 'out' and m.kind = 'chat' and not m.automatic
                 and m.author_member_id is not null and m.broadcast_id is null and m.created_at >= ?) as answered
       from thread t where t.id = ?`,
    [createdAt, target],
  );
  const was = rawInstantOrNull(row?.was ?? null);
  const since = rawInstant(createdAt);
  if (row?.answered === true || (was !== null && was <= since)) return;
  await waitSince(tx, target, since);
}

async function waitSince(tx: Tx, threadId: string, since: Date): Promise<void> {
  await tx.em.execute('update thread set waiting_since = ? where id = ?', [since, threadId]);
  await startReplyClock(tx, threadId, since);
}
