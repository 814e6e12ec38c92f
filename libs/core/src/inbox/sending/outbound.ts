import type { ChannelPlugin, OutboundAttachment, OutboundMessage } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { unsubscribeUrl } from '../consent/unsubscribe.js';
import { showLinks } from '../personal-links/index.js';
import type { Carrier } from '../../mailboxes/carrier.js';
import { replyAddressFor } from '../reply-address/reply-address.js';
import { subjectOfAnswer, type Talk } from './load-talk.js';
import type { DeliveryRow, MessageRow } from './rows.js';

/** What is said, to whom and in which thread. */
export type MessageWords = Pick<MessageRow, 'subject' | 'text' | 'short' | 'html' | 'threadId' | 'creatorId' | 'automatic' | 'purpose' | 'kind'>;

/** What a message needs that is not in its row. */
export interface Surroundings {
  senderName: string;
  /** Its personal links. */
  links: readonly string[];
  attachments?: readonly OutboundAttachment[];
  /** What it goes on from, if anything. */
  talk?: Talk | undefined;
  /** Its author's own mailbox, if it leaves by that. */
  carrier?: Carrier | null;
}

/** Puts a message in the form its channel carries, personal links included. The delivery's id is the id the provider sees. */
export function outbound(
  tx: Tx,
  plugin: ChannelPlugin,
  message: MessageWords,
  delivery: Pick<DeliveryRow, 'id' | 'address'>,
  { senderName, links, attachments = [], talk, carrier = null }: Surroundings,
): OutboundMessage {
  const { traits } = plugin;
  return {
    id: delivery.id,
    workspaceId: tx.workspaceId,
    to: delivery.address,
    from: senderName,
    text: showLinks(traits.bodyTemplate === 'short' ? (message.short ?? message.text) : message.text, links),
    ...(traits.rich && { subject: showLinks(message.subject ?? (talk?.subject ? subjectOfAnswer(talk.subject) : senderName), links) }),
    ...(traits.rich && talk && { inReplyTo: talk.inReplyTo, references: talk.references }),
    // Whose mailbox is read gets the answers there: an address nobody knows would only look strange beside their own.
    ...(traits.replyAddress && carrier?.isRead !== true && { replyTo: replyAddressFor(tx.services.keyRing, traits.replyAddress, message.threadId) }),
    ...(traits.bodyTemplate === 'html' && message.html !== null && { html: showLinks(message.html, links) }),
    automatic: message.automatic,
    ...(traits.attachments === true && attachments.length > 0 && { attachments }),
    ...(isBulk(message) && { unsubscribeUrl: unsubscribeUrl(tx.services, message.creatorId) }),
  };
}

/** What goes to many carries the way out of it, which plan-channels honours; what is about somebody's own campaign does not. */
const isBulk = ({ purpose, kind }: MessageWords): boolean => purpose === 'newsletter' || kind === 'bulk';
