import { accepted, networkReason, notSent, rejected, type SendOutcome, unknown } from '@sevenfold/plugin-sdk';
import type { GraphAnswer } from './graph.js';

// What Meta says about the account, the number or the token: no recipient can help it.
const OUR_FAULT = new Set([0, 3, 10, 190, 200, 368, 131005, 131031, 131042, 131045, 133010]);
const TOO_MANY = new Set([4, 80007, 130429, 131048, 131056]);
const AWAY = new Set([1, 2, 131000, 131016, 131057, 133004]);
const OPTED_OUT = 131050;

// Before a connection stood nothing can have been taken.
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT']);

/** What Meta said about one message. */
export function outcomeOfAnswer(answer: GraphAnswer): SendOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const id = idOf(answer.body.messages);
    return id === undefined ? unknown(`HTTP ${status} without a message id`) : accepted(id);
  }
  const code = codeOf(answer.body);
  const reason = `HTTP ${status}${code === undefined ? '' : `, WhatsApp ${code}`}`;
  if (status === 504) return unknown(reason);
  if (status === 429 || (code !== undefined && TOO_MANY.has(code))) return notSent(reason, retryAfterMs(answer.retryAfter));
  if (status >= 500 || (code !== undefined && AWAY.has(code))) return notSent(reason, retryAfterMs(answer.retryAfter));
  if (status === 401 || status === 403 || status === 404 || (code !== undefined && OUR_FAULT.has(code))) return notSent(reason);
  const refusal = rejected(String(code ?? status), reason);
  return code === OPTED_OUT ? { ...refusal, optedOut: true } : refusal;
}

/** The line failed: before a connection stood it is `not_sent`, later Meta may have the request. */
export function outcomeOfFailure(error: unknown, signal?: AbortSignal): SendOutcome & { reason: string } {
  if (signal?.aborted === true) return unknown('given up while waiting');
  const reason = networkReason(error);
  return NOT_CONNECTED.has(reason) ? notSent(reason) : unknown(reason);
}

/** The id of an uploaded file, or why the message cannot leave: whatever went wrong here, nobody was written to. */
export function outcomeOfUpload(upload: unknown): { readonly id: string } | SendOutcome {
  if (!isAnswer(upload)) return notSent(`upload: ${networkReason(upload)}`);
  if (upload.status < 300 && typeof upload.body.id === 'string') return { id: upload.body.id };
  const outcome = outcomeOfAnswer(upload);
  if (outcome.outcome === 'rejected') return rejected(`media_${outcome.code}`, outcome.reason);
  return outcome.outcome === 'not_sent' ? outcome : notSent(`upload: HTTP ${upload.status}`);
}

const isAnswer = (value: unknown): value is GraphAnswer => typeof value === 'object' && value !== null && 'status' in value && 'retryAfter' in value;

function idOf(messages: unknown): string | undefined {
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  return typeof first === 'object' && first !== null && 'id' in first && typeof first.id === 'string' && first.id !== '' ? first.id : undefined;
}

function codeOf({ error }: Record<string, unknown>): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

const retryAfterMs = (header: string | null): number | undefined => (header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined);
