import type { ChannelPlugin, OutboundMessage } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { unsubscribeUrl } from '../consent/unsubscribe.js';
import type { DeliveryRow, MessageRow } from './rows.js';

/** Puts a message in the form its channel carries. The delivery's id is the id the provider sees. */
export function outbound(
  tx: Tx,
  plugin: ChannelPlugin,
  message: MessageRow,
  delivery: Pick<DeliveryRow, 'id' | 'address'>,
  senderName: string,
): OutboundMessage {
  const { traits } = plugin;
  return {
    id: delivery.id,
    workspaceId: tx.workspaceId,
    to: delivery.address,
    from: senderName,
    text: traits.bodyTemplate === 'short' ? (message.short ?? message.text) : message.text,
    ...(traits.rich && { subject: message.subject ?? senderName }),
    ...(traits.bodyTemplate === 'html' && message.html !== null && { html: message.html }),
    automatic: message.automatic,
    ...(message.purpose === 'newsletter' && { unsubscribeUrl: unsubscribeUrl(tx.services, message.creatorId) }),
  };
}
