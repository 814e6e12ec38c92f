import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import { attachmentsColumn, type AttachmentView } from '../attachments/attachment-view.js';
import type { MessageKind } from '../message-kinds.js';
import { withoutLinks } from '../personal-links/index.js';

/** Something that was heard of a delivery. */
export interface DeliveryEventView {
  at: Date;
  /** What an attempt ended in (`accepted`, `rejected`, `not_sent`, `unknown`), what its provider said later (`status:delivered`), or what we found out. */
  kind: string;
  code: string | null;
}

/** One channel a message was tried on. */
export interface DeliveryView {
  channel: string;
  status: DeliveryStatus;
  /** The provider's code of a failure. */
  code: string | null;
  attempts: number;
  /** It waits until then: for the day (`quiet_hours`), or for another attempt. */
  notBefore: Date | null;
  sentAt: Date | null;
  /** How many messages the provider made of it and charges for; null where that means nothing. */
  segments: number | null;
  /** The address of its author's own mailbox, when it left by that; null for the workspace's sender. */
  from: string | null;
  /** Its history, in the order it was heard. */
  events: DeliveryEventView[];
}

/** An entry of a thread, as the team sees it. */
export interface MessageView {
  id: string;
  threadId: string;
  at: Date;
  direction: 'in' | 'out';
  kind: MessageKind;
  creator: { id: string; name: string };
  /** Who of the team wrote it; null for the product and for creators. */
  author: { id: string; name: string } | null;
  /** Who speaks: a member, the creator, or the workspace itself. */
  sender: { kind: 'member' | 'creator' | 'system'; id: string | null; name: string };
  automatic: boolean;
  campaignId: string | null;
  campaign: { id: string; name: string } | null;
  broadcastId: string | null;
  /** The message this one answers. */
  inReplyToId: string | null;
  channel: string | null;
  status: DeliveryStatus;
  /** Why nothing could be tried at all. */
  code: string | null;
  subject: string | null;
  text: string;
  /** Where in the text the tail begins that only quotes what is answered, to be folded; null when there is none. */
  quotedFrom: number | null;
  readAt: Date | null;
  /** The first channel that failed, whatever came after it. */
  firstFailure: { channel: string; code: string | null } | null;
  /** Where members read it as it came. */
  sourceUrl: string | null;
  /** First tried first; empty for what came in. */
  deliveries: DeliveryView[];
  attachments: AttachmentView[];
}

export interface MessageRow {
  id: string;
  thread_id: string;
  created_at: string;
  direction: 'in' | 'out';
  kind: MessageKind;
  creator_id: string;
  creator_name: string;
  author_member_id: string | null;
  author_name: string | null;
  workspace_name: string;
  automatic: boolean;
  campaign_id: string | null;
  campaign_name: string | null;
  broadcast_id: string | null;
  in_reply_to_id: string | null;
  channel: string | null;
  status: DeliveryStatus;
  code: string | null;
  subject: string | null;
  text: string;
  quoted_from: number | null;
  read_at: string | null;
  deliveries: {
    channel: string; status: DeliveryStatus; code: string | null; attempts: number; notBefore: string | null; sentAt: string | null; segments: number | null; from: string | null;
    events: { at: string; kind: string; code: string | null }[];
  }[];
  attachments: AttachmentView[] | null;
}

/** Everything {@link presentMessage} needs, from `message m`. */
export const messageSelect = `
  select m.id, m.thread_id, m.created_at, m.direction, m.kind, m.creator_id, c.name as creator_name, m.author_member_id,
         a.name as author_name, w.name as workspace_name, m.automatic, m.campaign_id, k.name as campaign_name, m.broadcast_id, m.in_reply_to_id, m.channel, m.status, m.code,
         m.subject, m.text, m.quoted_from, m.read_at,
         coalesce((select json_agg(json_build_object('channel', d.channel, 'status', d.status, 'code', d.code,
                                                     'attempts', d.attempts, 'notBefore', d.not_before, 'sentAt', d.sent_at, 'segments', d.segments,
                                                     'from', (select b.address from mailbox b where b.id = d.mailbox_id),
                                                     'events', coalesce((select json_agg(json_build_object('at', e.at, 'kind', e.kind, 'code', e.raw ->> 'code') order by e.created_at, e.at, e.id)
                                                                           from delivery_event e where e.delivery_id = d.id), '[]'::json)) order by d.round, d.position)
                     from delivery d where d.message_id = m.id), '[]'::json) as deliveries,
         ${attachmentsColumn('team')}
    from message m join creator c on c.id = m.creator_id join workspace w on w.id = m.workspace_id
         left join member a on a.id = m.author_member_id left join campaign k on k.id = m.campaign_id`;

export function presentMessage(row: MessageRow): MessageView {
  return {
    id: row.id,
    threadId: row.thread_id,
    at: rawInstant(row.created_at),
    direction: row.direction,
    kind: row.kind,
    creator: { id: row.creator_id, name: row.creator_name },
    author: row.author_member_id === null ? null : { id: row.author_member_id, name: row.author_name ?? '' },
    sender: senderOf(row),
    automatic: row.automatic,
    campaignId: row.campaign_id,
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? '' },
    broadcastId: row.broadcast_id,
    inReplyToId: row.in_reply_to_id,
    channel: row.channel,
    status: row.status,
    code: row.code,
    subject: row.subject,
    text: withoutLinks(row.text),
    // Counted in what is shown: a hidden link is longer there.
    quotedFrom: row.quoted_from === null ? null : withoutLinks(row.text.slice(0, row.quoted_from)).length,
    readAt: rawInstantOrNull(row.read_at),
    firstFailure: firstFailureOf(row),
    sourceUrl: sourceOf(row),
    deliveries: row.deliveries.map((each) => ({
      ...each, notBefore: rawInstantOrNull(each.notBefore), sentAt: rawInstantOrNull(each.sentAt), events: each.events.map((event) => ({ ...event, at: rawInstant(event.at) })),
    })),
    attachments: row.attachments ?? [],
  };
}

function senderOf(row: MessageRow): MessageView['sender'] {
  if (row.direction === 'in') return { kind: 'creator', id: row.creator_id, name: row.creator_name };
  if (row.author_member_id !== null) return { kind: 'member', id: row.author_member_id, name: row.author_name ?? '' };
  return { kind: 'system', id: null, name: row.workspace_name };
}

function firstFailureOf({ deliveries }: MessageRow): MessageView['firstFailure'] {
  const failed = deliveries.find(({ status }) => status === 'failed');
  return failed ? { channel: failed.channel, code: failed.code } : null;
}

function sourceOf({ attachments }: MessageRow): string | null {
  const source = attachments?.find(({ role, status }) => role === 'source' && status === 'kept');
  return source ? `/v1/attachments/${source.id}` : null;
}
