import type { SystemDatabase } from '../system/system-database.js';
import { outboxChannel, type OutboxKind } from './outbox.js';

/** How the rows that something still waits for are found: their workspace, and the payload their item carries. */
const live: Record<string, { kind: OutboxKind; rows: string; recentOnly?: boolean }> = {
  campaigns: { kind: 'campaign.wake', rows: `select workspace_id, jsonb_build_object('campaignId', id) as payload from campaign where status in ('published', 'closed')` },
  agreements: { kind: 'agreement.wake', rows: `select workspace_id, jsonb_build_object('agreementId', id) as payload from agreement where status = 'pending'` },
  messages: {
    kind: 'message.changed',
    rows: `select workspace_id, jsonb_build_object('messageId', id) as payload from message
            where direction = 'out' and broadcast_id is null and status in ('queued', 'claimed')`,
  },
  // What lay unread in the app and was on its way elsewhere, whose message has long been sent.
  unread: {
    kind: 'message.changed',
    rows: `select distinct workspace_id, jsonb_build_object('messageId', message_id) as payload from delivery
            where broadcast_id is null and position > 0 and status in ('queued', 'claimed')`,
  },
  broadcasts: { kind: 'broadcast.wake', rows: `select workspace_id, jsonb_build_object('broadcastId', id) as payload from broadcast where status in ('queued', 'sending')` },
  stories: { kind: 'story.requested', rows: `select distinct workspace_id, jsonb_build_object('campaignId', campaign_id) as payload from story where status = 'posting'` },
  digests: { kind: 'digest.changed', rows: `select distinct workspace_id, '{}'::jsonb as payload from digest where status = 'waiting'` },
  // Older news is in the console, and not worth posting.
  notices: {
    kind: 'notice.created',
    rows: `select workspace_id, jsonb_build_object('noticeId', id) as payload from notice where status <> 'done' and slack_ts is null and created_at > ?`,
    recentOnly: true,
  },
  // One sweeper for all; it is there even with nothing to sweep, and by it one sees that the engine knows us.
  sweeper: { kind: 'due.changed', rows: `select id as workspace_id, '{}'::jsonb as payload from workspace order by id limit 1` },
};

const dayMs = 24 * 3_600_000;

/**
 * Tells the engine of every row that something still waits for: after it lost its memory, campaigns, windows and messages go on
 * from their rows. Done twice, it does no more than once: workflows that run look again, and items that lie there are not written again.
 * @returns how many items were written
 */
export async function wakeEverything(system: SystemDatabase): Promise<number> {
  return system.transaction(async (em, now) => {
    let written = 0;
    for (const { kind, rows, recentOnly } of Object.values(live)) {
      const made = await em.execute<{ id: string }[]>(
        `insert into outbox_item (id, workspace_id, created_at, kind, payload, available_at, attempts)
         select gen_random_uuid(), live.workspace_id, ?::timestamptz, ?, live.payload, ?::timestamptz, 0 from (${rows}) live
          where not exists (select 1 from outbox_item open where open.done_at is null and open.kind = ?
                               and open.workspace_id = live.workspace_id and open.payload @> live.payload)
         returning id`,
        [now, kind, now, ...(recentOnly ? [new Date(now.getTime() - dayMs)] : []), kind],
      );
      written += made.length;
    }
    await em.execute(`select pg_notify(?, '')`, [outboxChannel]);
    return written;
  });
}
