import type { ChannelPlugin, OutboundAttachment, OutboundMessage } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { unsubscribeUrl } from '../consent/unsubscribe.js';
import { showLinks } from '../personal-links/index.js';
import type { DeliveryRow, MessageRow } from './rows.js';

/** Puts a message in the form its channel carries, personal links included. The delivery's id is the id the provider sees. */
export function outbound(
  tx: Tx,
  plugin: ChannelPlugin,
  message: MessageRow,
  delivery: Pick<DeliveryRow, 'id' | 'address'>,
  { senderName, links, attachments = [] }: { senderName: string; links: readonly string[]; attachments?: readonly OutboundAttachment[] },
): OutboundMessage {
  const { traits } = plugin;
  return {
    id: delivery.id,
    workspaceId: tx.workspaceId,
    to: delivery.address,
    from: senderName,
    text: showLinks(traits.bodyTemplate === 'short' ? (message.short ?? message.text) : message.text, links),
    ...(traits.rich && { subject: showLinks(message.subject ?? senderName, links) }),
    ...(traits.bodyTemplate === 'html' && message.html !== null && { html: showLinks(message.html, links) }),
    automatic: message.automatic,
    ...(traits.attachments === true && attachments.length > 0 && { attachments }),
    ...(message.purpose === 'newsletter' && { unsubscribeUrl: unsubscribeUrl(tx.services, message.creatorId) }),
  };
}
