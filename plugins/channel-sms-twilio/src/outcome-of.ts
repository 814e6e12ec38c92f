import { accepted, networkReason, notSent, rejected, type SendOutcome, unknown } from '@sevenfold/plugin-sdk';
import type { TwilioAnswer } from './twilio-client.js';

// Codes about the account or sender: every message fails until it is set right, so none of them is the recipient's end.
const OUR_FAULT = new Set(['20003', '20005', '20404', '20426', '21212', '21603', '21606', '21609', '21611', '21659', '21660', '21703', '21704', '21712']);
/** The recipient has said STOP to this sender. */
export const OPTED_OUT = '21610';

// Raised before a connection stood: nothing can have been taken.
const NOT_CONNECTED = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What Twilio said about one message. */
export function outcomeOfAnswer(answer: TwilioAnswer): SendOutcome {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    return typeof body.sid === 'string' ? accepted(body.sid) : unknown(`HTTP ${status} without a message id`);
  }
  const code = typeof body.code === 'number' ? String(body.code) : undefined;
  const reason = `HTTP ${status}${code === undefined ? '' : `, Twilio ${code}`}`;
  // A gateway that gave up waiting does not know whether Twilio went on.
  if (status === 504 || status === 0) return unknown(reason);
  if (status === 429 || status >= 500) return notSent(reason, retryAfterMs(answer.retryAfter));
  if ([401, 403, 404, 408].includes(status) || (code !== undefined && OUR_FAULT.has(code))) return notSent(reason);
  if (status < 400) return notSent(reason);
  const refusal = rejected(code ?? String(status), reason);
  return code === OPTED_OUT ? { ...refusal, optedOut: true } : refusal;
}

/** The line failed: before a connection stood it is `not_sent`, later Twilio may have the request. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  const reason = networkReason(error);
  return NOT_CONNECTED.has(reason) ? notSent(reason) : unknown(reason);
}

// Twilio gives seconds; a date would need two clocks to agree.
const retryAfterMs = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
