import { DomainError } from '@sevenfold/domain/errors';
import { rawInstant, rawInstantOrNull } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import type { MessageKind } from '../inbox/message-kinds.js';
import type { BroadcastStatus } from './broadcast.entity.js';
import type { SkipReason } from './broadcast-skip.entity.js';
import { countsSql, toCounts, type BroadcastCounts, type CountsRow } from './counts.js';
import type { DraftTexts } from './drafts/draft-schema.js';
import type { Selection } from './recipients/selection.js';
import type { Tick } from './sending/tick.js';

/** One message to many: what a list shows of it. */
export interface BroadcastLine {
  id: string;
  name: string | null;
  campaignId: string | null;
  kind: MessageKind;
  status: BroadcastStatus;
  /** Held by somebody: nothing of it leaves. */
  pausedAt: Date | null;
  total: number;
  authorMemberId: string | null;
  createdAt: Date;
  /** When it is to be sent, and the zone in which that was meant. */
  sendAt: Date | null;
  timeZone: string | null;
  sentAt: Date | null;
  startedAt: Date | null;
  doneAt: Date | null;
  /** Goes up with every change. */
  version: number;
}

/** The whole of it, with its progress. */
export interface BroadcastView extends BroadcastLine {
  /** Whom it is for and what it says; null where the product wrote it. */
  recipients: Selection | null;
  texts: DraftTexts | null;
  purpose: 'conversation' | 'notice' | 'newsletter' | null;
  channel: string | null;
  ratePerSecond: number | null;
  counts: BroadcastCounts;
  skippedBecause: Partial<Record<SkipReason, number>>;
  /** Unknown ones nobody has decided about. */
  unresolved: number;
  /** How many are through per second, over the last ten. */
  perSecond: number;
  /** At that pace; null while nothing moves. */
  secondsLeft: number | null;
}

interface LineRow {
  id: string;
  name: string | null;
  campaign_id: string | null;
  kind: MessageKind;
  status: BroadcastStatus;
  paused_at: string | null;
  total: number;
  author_member_id: string | null;
  created_at: string;
  send_at: string | null;
  time_zone: string | null;
  sent_at: string | null;
  started_at: string | null;
  done_at: string | null;
  version: number;
}

interface Row extends LineRow, CountsRow {
  selection: Selection | null;
  texts: DraftTexts | null;
  purpose: BroadcastView['purpose'];
  channel: string | null;
  rate_per_second: number | null;
  ticks: Tick[] | null;
}

export const lineColumns =
  'b.id, b.name, b.campaign_id, b.kind, b.status, b.paused_at, b.total, b.author_member_id, b.created_at, b.send_at, b.time_zone, b.sent_at, b.started_at, b.done_at, b.version';

export function toLine(row: LineRow): BroadcastLine {
  return {
    id: row.id, name: row.name, campaignId: row.campaign_id, kind: row.kind, status: row.status, pausedAt: rawInstantOrNull(row.paused_at), total: row.total,
    authorMemberId: row.author_member_id, createdAt: rawInstant(row.created_at), sendAt: rawInstantOrNull(row.send_at), timeZone: row.time_zone,
    sentAt: rawInstantOrNull(row.sent_at), startedAt: rawInstantOrNull(row.started_at), doneAt: rawInstantOrNull(row.done_at), version: row.version,
  };
}
export type { LineRow };

/** @throws DomainError `not_found` */
export async function getBroadcast(tx: Tx, broadcastId: string): Promise<BroadcastView> {
  const [row] = await tx.em.execute<Row[]>(
    `select ${lineColumns}, b.selection, b.texts, b.purpose, b.channel, b.rate_per_second, b.ticks, ${countsSql} from broadcast b where b.id = ?`,
    [broadcastId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'broadcast' });
  const counts = toCounts(row);
  const perSecond = row.status === 'sending' && row.paused_at === null ? pace(row, tx.now) : 0;
  const left = counts.queued + counts.claimed;
  return {
    ...toLine(row),
    recipients: row.selection,
    texts: row.texts,
    purpose: row.purpose,
    channel: row.channel,
    ratePerSecond: row.rate_per_second,
    counts,
    skippedBecause: row.skips ?? {},
    unresolved: row.unresolved,
    perSecond,
    secondsLeft: perSecond > 0 ? Math.ceil(left / perSecond) : null,
  };
}

const lookBackMs = 10_000;

/** Over the last ten seconds, or since it began when that is less. */
function pace({ ticks, started_at }: Row, now: Date): number {
  const since = Math.max(now.getTime() - lookBackMs, rawInstantOrNull(started_at)?.getTime() ?? 0);
  const ended = (ticks ?? []).filter(({ at }) => at >= since).reduce((sum, tick) => sum + tick.ended, 0);
  const seconds = Math.max(1, (now.getTime() - since) / 1_000);
  return Math.round((ended / seconds) * 10) / 10;
}
