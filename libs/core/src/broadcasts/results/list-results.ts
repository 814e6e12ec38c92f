import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../../db/instants.js';
import type { Tx } from '../../db/tx.js';
import { readCursor, toPage, type Page, type PageRequest } from '../../paging/index.js';
import type { SkipReason } from '../broadcast-skip.entity.js';
import { cancelledCode } from '../control/cancel-broadcast.js';

/** What became of one recipient. */
export const resultStates = ['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed', 'skipped', 'cancelled'] as const;
export type ResultState = (typeof resultStates)[number];

export interface BroadcastResult {
  creator: { id: string; name: string };
  state: ResultState;
  /** The entry in the creator's thread; null for whom none was written. */
  messageId: string | null;
  channel: string | null;
  /** The provider's code of a failure, or the reason of a skip. */
  code: SkipReason | string | null;
  reason: string | null;
  /** The variables without a value, for who was skipped because of them. */
  variables: string[] | null;
  /** An unknown one the team has left as it is. */
  left: boolean;
  sentAt: string | null;
  /** First tried first. */
  deliveries: { channel: string; status: DeliveryStatus; code: string | null; attempts: number; round: number; sentAt: string | null }[];
}

interface Row {
  creator_id: string;
  name: string;
  status: DeliveryStatus | 'skipped' | 'cancelled';
  code: string | null;
  message_id: string | null;
  channel: string | null;
  variables: string[] | null;
  deliveries: (BroadcastResult['deliveries'][number] & { reason: string | null; resolution: string | null })[] | null;
}

/**
 * The recipients of a broadcast with what became of each, in the order of the creators' ids, which nothing changes: a page read while
 * messages leave shows nobody twice and leaves nobody out.
 * @throws DomainError `not_found`
 */
export async function listResults(tx: Tx, broadcastId: string, page: PageRequest, state?: ResultState): Promise<Page<BroadcastResult>> {
  const [broadcast] = await tx.em.execute<{ id: string }[]>('select id from broadcast where id = ?', [broadcastId]);
  if (!broadcast) throw new DomainError('not_found', { entity: 'broadcast' });
  const after = readCursor(page.cursor)?.id ?? '';
  const limit = page.limit + 1;
  const sources = [
    ...(state === undefined || messageStates.has(state) ? [messagesOf(broadcastId, after, state, limit)] : []),
    ...(state === undefined || state === 'queued' || state === 'cancelled' ? [unwrittenOf(broadcastId, after, state, limit)] : []),
    ...(state === undefined || state === 'skipped' ? [skipsOf(broadcastId, after, limit)] : []),
  ];
  const rows = await tx.em.execute<Row[]>(
    `select r.*, coalesce(c.name, '') as name from (${sources.map(({ sql }) => `(${sql})`).join(' union all ')}) r left join creator c on c.id = r.creator_id
      order by r.creator_id limit ?`,
    [...sources.flatMap(({ params }) => params), limit],
  );
  return toPage(rows, page.limit, (row) => ({ key: '', id: row.creator_id }), present);
}

const messageStates: ReadonlySet<ResultState> = new Set(['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed', 'cancelled']);

/** Their key carries broadcast and creator, so that a page is one range of one index however long the broadcast is. */
function messagesOf(broadcastId: string, after: string, state: ResultState | undefined, limit: number) {
  const isClaimed = `exists (select 1 from delivery d where d.message_id = m.id and d.round = m.round and d.status = 'claimed')`;
  const conditions: Record<ResultState, string> = {
    queued: `m.status = 'queued' and not ${isClaimed}`,
    sending: `m.status in ('queued', 'claimed') and ${isClaimed}`,
    unknown: `m.status = 'unknown'`, sent: `m.status = 'sent'`, delivered: `m.status = 'delivered'`, read: `m.status = 'read'`,
    failed: `m.status = 'failed' and m.code is distinct from '${cancelledCode}'`,
    cancelled: `m.status = 'failed' and m.code = '${cancelledCode}'`,
    skipped: 'false',
  };
  const key = `broadcast:${broadcastId}:`;
  return {
    sql: `select m.creator_id, m.status, m.code, m.id as message_id, m.channel, null::jsonb as variables,
                 (select json_agg(json_build_object('channel', d.channel, 'status', d.status, 'code', d.code, 'reason', d.reason, 'attempts', d.attempts,
                    'round', d.round, 'resolution', d.resolution, 'sentAt', d.sent_at) order by d.round, d.position) from delivery d where d.message_id = m.id) as deliveries
            from message m
           where m.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and m.broadcast_id = ?
             and m.dedupe_key > ? and m.dedupe_key < ? and ${state === undefined ? 'true' : conditions[state]}
           order by m.dedupe_key limit ?`,
    params: [broadcastId, `${key}${after}`, `${key}g`, limit],
  };
}

function unwrittenOf(broadcastId: string, after: string, state: ResultState | undefined, limit: number) {
  const condition = { queued: 'k.cancelled_at is null', cancelled: 'k.cancelled_at is not null' };
  return {
    sql: `select e.id::uuid as creator_id, case when k.cancelled_at is null then 'queued' else 'cancelled' end as status, null as code, null::uuid as message_id,
                 null as channel, null::jsonb as variables, null::json as deliveries
            from broadcast_chunk k cross join lateral jsonb_array_elements_text(k.creator_ids) as e(id)
           where k.broadcast_id = ? and (k.written_at is null or k.cancelled_at is not null) and e.id > ?
             and ${state === 'queued' || state === 'cancelled' ? condition[state] : 'true'}
           order by e.id limit ?`,
    params: [broadcastId, after, limit],
  };
}

function skipsOf(broadcastId: string, after: string, limit: number) {
  return {
    sql: `select s.creator_id, 'skipped' as status, s.reason as code, null::uuid as message_id, null as channel, s.variables, null::json as deliveries
            from broadcast_skip s where s.broadcast_id = ? and (?::uuid is null or s.creator_id > ?::uuid) order by s.creator_id limit ?`,
    params: [broadcastId, after || null, after || null, limit],
  };
}

function present(row: Row): BroadcastResult {
  const deliveries = row.deliveries ?? [];
  const last = deliveries.at(-1);
  const cancelled = row.status === 'cancelled' || row.code === cancelledCode;
  const sending = deliveries.some(({ status }) => status === 'claimed');
  return {
    creator: { id: row.creator_id, name: row.name },
    state: cancelled ? 'cancelled' : row.status === 'claimed' || (row.status === 'queued' && sending) ? 'sending' : row.status,
    messageId: row.message_id,
    channel: row.channel,
    code: row.code ?? last?.code ?? null,
    reason: last?.reason ?? null,
    variables: row.variables,
    left: row.status === 'unknown' && last?.resolution === 'left',
    sentAt: iso(last?.sentAt ?? null),
    deliveries: deliveries.map(({ reason: _reason, resolution: _resolution, ...each }) => ({ ...each, sentAt: iso(each.sentAt) })),
  };
}
