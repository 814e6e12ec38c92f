import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import type { Tx } from '../../db/tx.js';
import type { MessageKind } from '../message-kinds.js';

/** A message as sending needs it. */
export interface MessageRow {
  id: string;
  creatorId: string;
  threadId: string;
  kind: MessageKind;
  campaignId: string | null;
  broadcastId: string | null;
  /** Who of the team wrote it. */
  authorMemberId: string | null;
  purpose: 'conversation' | 'notice' | 'newsletter';
  automatic: boolean;
  subject: string | null;
  text: string;
  html: string | null;
  short: string | null;
  /** The personal links that belong in the texts, see personal-links. */
  sealedLinks: Uint8Array | null;
  /** How many files belong to it. */
  attachments: number;
  status: DeliveryStatus;
  /** How often the team had it sent again. */
  round: number;
  deadlineAt: Date | null;
  /** Its author wants it to disturb, whatever the hour. */
  ignoreQuietHours: boolean;
  /** Its campaign is paused, which holds back what the product writes by itself. */
  campaignPaused: boolean;
}

export interface DeliveryRow {
  id: string;
  messageId: string;
  createdAt: Date;
  position: number;
  /** The round of its message it belongs to. */
  round: number;
  channel: string;
  address: string;
  status: DeliveryStatus;
  attempts: number;
  notBefore: Date | null;
  claimedAt: Date | null;
  claimedBy: string | null;
}

/** How rows read from Postgres: instants as text. */
type Raw<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };

/**
 * Loads messages and locks them, in one order for everybody. Whoever changes a delivery holds its message's lock first.
 * @param wait `skip` leaves out what another process holds right now
 */
export async function lockMessages(tx: Tx, ids: readonly string[], wait: 'wait' | 'skip' = 'wait'): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.em.execute<Raw<MessageRow>[]>(
    `select m.id, m.creator_id as "creatorId", m.thread_id as "threadId", m.kind, m.campaign_id as "campaignId", m.broadcast_id as "broadcastId", m.author_member_id as "authorMemberId", m.purpose,
            m.automatic, m.subject, m.text, m.html, m.short, m.sealed_links as "sealedLinks", m.attachments, m.status, m.round, m.deadline_at as "deadlineAt", m.ignore_quiet_hours as "ignoreQuietHours",
            exists (select 1 from campaign c where c.id = m.campaign_id and c.paused_at is not null and c.cancelled_at is null) as "campaignPaused"
       from message m where m.id in (?) and m.direction = 'out' order by m.id
        for no key update of m ${wait === 'skip' ? 'skip locked' : ''}`,
    [ids],
  );
  return rows.map((row) => ({ ...row, deadlineAt: rawInstantOrNull(row.deadlineAt) }));
}

/**
 * The deliveries of messages whose locks are held, first tried first. Each message by itself, and with two conditions that always hold: they
 * are columns of the index that is meant, which the planner would else pass over for the workspace's as long as nobody has counted the rows.
 */
export async function deliveriesOf(tx: Tx, messageIds: readonly string[]): Promise<DeliveryRow[]> {
  if (messageIds.length === 0) return [];
  const rows = await tx.em.execute<Raw<DeliveryRow>[]>(
    `select d.id, d.message_id as "messageId", d.created_at as "createdAt", d.position, d.round, d.channel, d.address, d.status, d.attempts,
            d.not_before as "notBefore", d.claimed_at as "claimedAt", d.claimed_by as "claimedBy"
       from (select value::uuid as id from json_array_elements_text(?::json)) m
       join lateral (select * from delivery d where d.message_id = m.id and d.channel >= '' and d.round >= 0 offset 0) d on true
      order by d.message_id, d.round, d.position`,
    [JSON.stringify([...new Set(messageIds)])],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: rawInstant(row.createdAt),
    notBefore: rawInstantOrNull(row.notBefore),
    claimedAt: rawInstantOrNull(row.claimedAt),
  }));
}
