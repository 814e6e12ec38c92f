import { DomainError, type Json } from '@sevenfold/domain/errors';
import type { NoticeKind } from '@sevenfold/domain/notices';
import type { Tx } from '../db/tx.js';
import { wordNotice } from './wording.js';

/** A notice as the Slack bot needs it: worded, and free of what is closed. */
export interface BotNotice {
  id: string;
  kind: NoticeKind;
  /** Where it goes: the member it is for, as a direct message, else the workspace's own channel; null when it named none. */
  channelId: string | null;
  /** Plain text; the bot escapes it. */
  text: string;
  link: string | null;
  posted: { channel: string; ts: string } | null;
}

interface Row {
  kind: NoticeKind;
  data: Record<string, Json>;
  slack_channel: string | null;
  slack_ts: string | null;
  time_zone: string | null;
  locale: string;
  channel_id: string | null;
}

/** @throws DomainError `not_found` */
export async function botNotice(tx: Tx, noticeId: string): Promise<BotNotice> {
  const [row] = await tx.em.execute<Row[]>(
    `select n.kind, n.data, n.slack_channel, n.slack_ts, coalesce(c.time_zone, w.time_zone) as time_zone, w.locale,
            coalesce(m.slack_user_id, w.settings->>'slackChannelId') as channel_id
       from notice n join workspace w on w.id = n.workspace_id left join campaign c on c.id = n.campaign_id
            left join member m on m.id = n.for_member_id and m.removed_at is null
      where n.id = ?`,
    [noticeId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'notice' });
  return {
    id: noticeId,
    kind: row.kind,
    channelId: row.channel_id,
    text: wordNotice({ kind: row.kind, data: row.data, timeZone: row.time_zone, locale: row.locale }),
    // There is no page to open yet; the API's own addresses ask for a token.
    link: null,
    posted: row.slack_channel !== null && row.slack_ts !== null ? { channel: row.slack_channel, ts: row.slack_ts } : null,
  };
}

/** Records where a notice was posted. The first word stands: a second post would be a mistake worth keeping visible. */
export async function markNoticePosted(tx: Tx, noticeId: string, where: { channel: string; ts: string }): Promise<void> {
  const found = await tx.em.execute<{ id: string }[]>(
    'update notice set slack_channel = coalesce(slack_channel, ?), slack_ts = coalesce(slack_ts, ?) where id = ? returning id',
    [where.channel, where.ts, noticeId],
  );
  if (found.length === 0) throw new DomainError('not_found', { entity: 'notice' });
}
