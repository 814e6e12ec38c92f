import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import { allOf, olderThan, toPage, type Condition, type Page, type PageRequest } from '../../paging/index.js';
import type { MessageKind } from '../message-kinds.js';
import { messageSelect, presentMessage, type MessageRow, type MessageView } from './message-view.js';

/** A thread, the latest entry first. @throws DomainError `not_found` */
export async function listMessages(tx: Tx, threadId: string, page: PageRequest): Promise<Page<MessageView>> {
  const [thread] = await tx.em.execute<{ id: string }[]>('select id from thread where id = ?', [threadId]);
  if (!thread) throw new DomainError('not_found', { entity: 'thread' });
  return pageOf(tx, page, [{ sql: 'm.thread_id = ?', params: [threadId] }]);
}

export interface SentFilter {
  kind?: MessageKind | undefined;
  creatorId?: string | undefined;
}

/**
 * Who was sent which message of a campaign, over which channel, and what became of it; the newsletters that listed it
 * are among them. @throws DomainError `not_found`
 */
export async function listCampaignMessages(
  tx: Tx,
  campaignId: string,
  page: PageRequest,
  { kind, creatorId }: SentFilter = {},
): Promise<Page<MessageView>> {
  const [campaign] = await tx.em.execute<{ id: string }[]>('select id from campaign where id = ?', [campaignId]);
  if (!campaign) throw new DomainError('not_found', { entity: 'campaign' });
  return pageOf(tx, page, [
    {
      sql: `m.direction = 'out' and (m.campaign_id = ? or m.broadcast_id in (
              select d.broadcast_id from digest d join digest_campaign dc on dc.digest_id = d.id where dc.campaign_id = ?))`,
      params: [campaignId, campaignId],
    },
    ...(kind === undefined ? [] : [{ sql: 'm.kind = ?', params: [kind] }]),
    ...(creatorId === undefined ? [] : [{ sql: 'm.creator_id = ?', params: [creatorId] }]),
  ]);
}

/** The result of a broadcast per creator. @throws DomainError `not_found` */
export async function listBroadcastMessages(
  tx: Tx,
  broadcastId: string,
  page: PageRequest,
  status?: MessageView['status'],
): Promise<Page<MessageView>> {
  const [broadcast] = await tx.em.execute<{ id: string }[]>('select id from broadcast where id = ?', [broadcastId]);
  if (!broadcast) throw new DomainError('not_found', { entity: 'broadcast' });
  return pageOf(tx, page, [
    { sql: 'm.broadcast_id = ?', params: [broadcastId] },
    ...(status === undefined ? [] : [{ sql: 'm.status = ?', params: [status] }]),
  ]);
}

/** One entry. @throws DomainError `not_found` */
export async function getMessage(tx: Tx, messageId: string): Promise<MessageView> {
  const [row] = await tx.em.execute<MessageRow[]>(`${messageSelect} where m.id = ?`, [messageId]);
  if (!row) throw new DomainError('not_found', { entity: 'message' });
  return presentMessage(row);
}

async function pageOf(tx: Tx, page: PageRequest, conditions: Condition[]): Promise<Page<MessageView>> {
  const where = allOf([...conditions, olderThan(page.cursor, 'm')]);
  const rows = await tx.em.execute<MessageRow[]>(
    `${messageSelect} where ${where.sql} order by m.created_at desc, m.id desc limit ?`,
    [...where.params, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.created_at).toISOString(), id: row.id }), presentMessage);
}
