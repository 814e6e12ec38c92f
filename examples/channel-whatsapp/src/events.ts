import type { InboundEvent, InboundStatus } from '@sevenfold/plugin-sdk';
import type { WhatsAppConfig } from './config.js';
import { consentWord } from './consent-word.js';
import { type Change, changesOf, type WhatsAppMessage, type WhatsAppPreference, type WhatsAppStatus } from './webhook-body.js';

const STATUS: Record<WhatsAppStatus['status'], InboundStatus['status']> = { accepted: 'sent', sent: 'sent', delivered: 'delivered', read: 'read', failed: 'failed' };

/** The events of one webhook; undefined when it is no JSON. What we do not know is left out: Meta adds kinds as it likes. */
export function eventsOf(body: string, config: WhatsAppConfig): InboundEvent[] | undefined {
  const changes = changesOf(body);
  // One app may serve several numbers; what came for another one is not ours.
  return changes?.filter((change) => change.phoneNumberId === config.WHATSAPP_PHONE_NUMBER_ID).flatMap((change) => eventsOfChange(change, config));
}

const eventsOfChange = ({ messages, statuses, preferences }: Change, config: WhatsAppConfig): InboundEvent[] => [
  ...messages.map((message) => messageEvent(message, config)),
  ...statuses.map((status) => statusEvent(status, config)),
  ...preferences.map((preference) => preferenceEvent(preference, config)),
];

const at = (seconds: string | number): Date => new Date(Number(seconds) * 1000);

function messageEvent(message: WhatsAppMessage, config: WhatsAppConfig): InboundEvent {
  const text = message.text?.body ?? message.media?.caption ?? message.button?.text ?? '';
  const base = { providerKey: message.id, providerId: message.id, from: `+${message.from}`, to: config.WHATSAPP_NUMBER, text, at: at(message.timestamp) };
  const consent = message.media === undefined ? consentWord(text) : undefined;
  if (consent !== undefined) return { ...base, kind: consent };
  const url = message.media && `${config.WHATSAPP_API_BASE}/${config.WHATSAPP_API_VERSION}/${message.media.id}`;
  return {
    ...base,
    kind: 'message',
    ...(message.context?.id !== undefined && { references: [message.context.id] }),
    ...(message.media && url !== undefined && { attachments: [{ url, contentType: message.media.mime_type }] }),
  };
}

function statusEvent({ id, status, timestamp, recipient_id, errors, biz_opaque_callback_data: messageId }: WhatsAppStatus, config: WhatsAppConfig): InboundEvent {
  const code = errors?.[0]?.code;
  return {
    kind: 'status',
    // One message has several: the status belongs to the key.
    providerKey: `${id}:${status}`,
    providerId: id,
    from: config.WHATSAPP_NUMBER,
    to: `+${recipient_id}`,
    status: STATUS[status],
    at: at(timestamp),
    ...(messageId !== undefined && { messageId }),
    ...(code !== undefined && { code: String(code) }),
  };
}

function preferenceEvent({ wa_id, value, timestamp }: WhatsAppPreference, config: WhatsAppConfig): InboundEvent {
  const kind = value === 'stop' ? 'opt-out' : 'opt-in';
  return { kind, providerKey: `preference:${wa_id}:${value}:${timestamp}`, from: `+${wa_id}`, to: config.WHATSAPP_NUMBER, text: '', at: at(timestamp) };
}
