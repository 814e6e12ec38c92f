import type { InboundEvent, InboundStatus } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { OPTED_OUT } from './outcome-of.js';
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

/** What one of Twilio's words for the state of a message means; undefined for one nobody has told us of. */
export const statusOf = (reported: string): InboundStatus['status'] | undefined => (Object.hasOwn(STATUS, reported) ? STATUS[reported] : undefined);

/** The same for a report and for the list, so that one state is heard once whoever tells it. */
export const statusKey = (sid: string, reported: string): string => `${sid}:${reported}`;

/** A failure's code as text; undefined for none. */
export const codeOf = (code: unknown): string | undefined => {
  const text = typeof code === 'string' || typeof code === 'number' ? String(code) : '';
  return text === '' || text === '0' ? undefined : text;
};

/**
 * A report on a message of ours. Its key holds the status: one message has many reports, in any order. A messaging service
 * learns only after having taken a message that its recipient has forbidden it, and says so here.
 */
export function statusEvents(form: URLSearchParams, sid: string, reported: string, url: URL, at: Date, config: TwilioConfig): InboundEvent[] {
  const status = statusOf(reported);
  if (status === undefined) return [];
  const code = codeOf(form.get('ErrorCode'));
  const to = form.get('To') ?? '';
  const report: InboundStatus = {
    kind: 'status',
    providerKey: statusKey(sid, reported),
    providerId: sid,
    messageId: url.searchParams.get(MESSAGE_ID_PARAM) ?? undefined,
    from: form.get('From') ?? undefined,
    to: form.get('To') ?? undefined,
    status,
    ...(code !== undefined && { code }),
    at,
  };
  if (status !== 'failed' || code !== OPTED_OUT || to === '') return [report];
  const sender = config.TWILIO_MESSAGING_SERVICE_SID ?? config.TWILIO_FROM ?? '';
  // Before the failure, so that nobody is asked the same again on the way to the next channel.
  return [{ kind: 'opt-out', providerKey: `${sid}:opted-out`, providerId: sid, from: to, to: form.get('From') ?? sender, sender, text: '', at }, report];
}
