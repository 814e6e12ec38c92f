import type { InboundEvent, InboundStatus } from '@sevenfold/plugin-sdk';
import { MESSAGE_ID_PARAM } from './status-callback.js';

// Everything up to "sent" says one thing to us: Twilio has it. That alone resolves an unknown.
const STATUS: Record<string, InboundStatus['status'] | undefined> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
  read: 'read',
};

/** A report on a message of ours. Its key holds the status: one message has many reports, in any order. */
export function statusEvents(form: URLSearchParams, sid: string, reported: string, url: URL, at: Date): InboundEvent[] {
  const status = Object.hasOwn(STATUS, reported) ? STATUS[reported] : undefined;
  if (status === undefined) return [];
  const code = form.get('ErrorCode') ?? '';
  return [{
    kind: 'status',
    providerKey: `${sid}:${reported}`,
    providerId: sid,
    messageId: url.searchParams.get(MESSAGE_ID_PARAM) ?? undefined,
    from: form.get('From') ?? undefined,
    to: form.get('To') ?? undefined,
    status,
    ...(code !== '' && code !== '0' && { code }),
    at,
  }];
}
