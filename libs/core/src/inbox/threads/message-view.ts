import type { DeliveryStatus } from '@sevenfold/domain/delivery';
import { rawInstant, rawInstantOrNull } from '../../db/raw-instant.js';
import { attachmentsColumn, type AttachmentView } from '../attachments/attachment-view.js';
import type { MessageKind } from '../message-kinds.js';
import { withoutLinks } from '../personal-links/index.js';

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
  automatic: boolean;
  campaignId: string | null;
  broadcastId: string | null;
  /** The message this one answers. */
  inReplyToId: string | null;
  channel: string | null;
  status: DeliveryStatus;
  /** Why nothing could be tried at all. */
  code: string | null;
  subject: string | null;
  text: string;
  readAt: Date | null;
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
  automatic: boolean;
  campaign_id: string | null;
  broadcast_id: string | null;
  in_reply_to_id: string | null;
  channel: string | null;
  status: DeliveryStatus;
  code: string | null;
  subject: string | null;
  text: string;
  read_at: string | null;
  deliveries: { channel: string; status: DeliveryStatus; code: string | null; attempts: number; notBefore: string | null; sentAt: string | null; segments: number | null }[];
  attachments: AttachmentView[] | null;
}

/** Everything {@link presentMessage} needs, from `message m`. */
export const messageSelect = `
  select m.id, m.thread_id, m.created_at, m.direction, m.kind, m.creator_id, c.name as creator_name, m.author_member_id,
         a.name as author_name, m.automatic, m.campaign_id, m.broadcast_id, m.in_reply_to_id, m.channel, m.status, m.code,
         m.subject, m.text, m.read_at,
         coalesce((select json_agg(json_build_object('channel', d.channel, 'status', d.status, 'code', d.code,
                                                     'attempts', d.attempts, 'notBefore', d.not_before, 'sentAt', d.sent_at, 'segments', d.segments) order by d.round, d.position)
                     from delivery d where d.message_id = m.id), '[]'::json) as deliveries,
         ${attachmentsColumn('team')}
    from message m join creator c on c.id = m.creator_id left join member a on a.id = m.author_member_id`;

export function presentMessage(row: MessageRow): MessageView {
  return {
    id: row.id,
    threadId: row.thread_id,
    at: rawInstant(row.created_at),
    direction: row.direction,
    kind: row.kind,
    creator: { id: row.creator_id, name: row.creator_name },
    author: row.author_member_id === null ? null : { id: row.author_member_id, name: row.author_name ?? '' },
    automatic: row.automatic,
    campaignId: row.campaign_id,
    broadcastId: row.broadcast_id,
    inReplyToId: row.in_reply_to_id,
    channel: row.channel,
    status: row.status,
    code: row.code,
    subject: row.subject,
    text: withoutLinks(row.text),
    readAt: rawInstantOrNull(row.read_at),
    deliveries: row.deliveries.map((each) => ({ ...each, notBefore: rawInstantOrNull(each.notBefore), sentAt: rawInstantOrNull(each.sentAt) })),
    attachments: row.attachments ?? [],
  };
}
