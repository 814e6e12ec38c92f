import { type LookUpAnswer, type LookUpCandidate, type LookUpQuestion, networkReason } from '@sevenfold/plugin-sdk';
import type { TwilioConfig } from './config.js';
import { mediaOut } from './media-out.js';
import { normaliseNumber } from './normalise-number.js';
import { measureText } from './segments.js';
import { OPTED_OUT } from './outcome-of.js';
import { bodyOf } from './send.js';
import { codeOf, statusKey, statusOf } from './status-events.js';
import type { TwilioClient } from './twilio-client.js';

// Their clock and ours need not agree, and a request may be long on its way.
const EARLIER_MS = 2 * 60_000;
const LATER_MS = 10 * 60_000;
const PAGE_SIZE = 200;

/**
 * Looks for a message in Twilio's list of what it has for this number: ours are those that it sent for us, made while the attempt
 * was on its way, with the very text. What is in the list was taken; a list that covers the time and does not hold it says
 * that nothing was taken.
 */
export async function lookUp({ message, sentAfter, sentBefore }: LookUpQuestion, config: TwilioConfig, client: TwilioClient, signal: AbortSignal): Promise<LookUpAnswer> {
  const to = normaliseNumber(message.to);
  const files = to.ok ? mediaOut(message.attachments ?? [], to.address, config.TWILIO_MMS_COUNTRIES) : undefined;
  if (!to.ok || files === undefined) return { outcome: 'unsure', reason: 'it cannot have been handed over' };
  const list = await listOf(client, to.address, signal);
  if (typeof list === 'string') return { outcome: 'unsure', reason: list };
  const from = sentAfter.getTime() - EARLIER_MS;
  const until = sentBefore.getTime() + LATER_MS;
  const near = list.filter(({ createdAt }) => createdAt >= from && createdAt <= until);
  const body = bodyOf(message, files);
  const segments = files.media.length > 0 ? 1 : measureText(body).segments;
  const candidates = near.filter((each) => isOurs(each, config) && sameText(each.body, body)).flatMap((each) => candidateOf(each, segments));
  if (candidates.length > 0) return { outcome: 'found', candidates };
  // Something left for this number then, and whether it is this one its text no longer says.
  if (near.some((each) => isOurs(each, config) && each.body === '' && body !== '')) return { outcome: 'unsure', reason: 'its text is not kept by Twilio' };
  const covered = list.length < PAGE_SIZE || list.some(({ createdAt }) => createdAt < from);
  return covered ? { outcome: 'absent' } : { outcome: 'unsure', reason: 'the list does not reach that far' };
}

interface Listed {
  sid: string;
  body: string;
  direction: string;
  from: string;
  service: string;
  status: string;
  code: string | undefined;
  createdAt: number;
}

/** What Twilio has for a number, or why that cannot be told now. */
async function listOf(client: TwilioClient, to: string, signal: AbortSignal): Promise<Listed[] | string> {
  try {
    const answer = await Promise.race([client.get('/Messages.json', { To: to, PageSize: String(PAGE_SIZE) }), aborted(signal)]);
    if (answer === undefined) return 'given up while waiting';
    const { messages } = answer.body;
    if (answer.status !== 200 || !Array.isArray(messages)) return `HTTP ${answer.status}`;
    return messages.map(read);
  } catch (error) {
    return networkReason(error);
  }
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => (signal.aborted ? resolve(undefined) : signal.addEventListener('abort', () => resolve(undefined), { once: true })));

function read(each: unknown): Listed {
  const row: Record<string, unknown> = typeof each === 'object' && each !== null ? { ...each } : {};
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '');
  return {
    sid: text('sid'), body: text('body'), direction: text('direction'), from: text('from'), service: text('messaging_service_sid'),
    status: text('status'), code: codeOf(row['error_code']), createdAt: Date.parse(text('date_created') || text('date_sent')),
  };
}

const isOurs = ({ direction, from, service }: Listed, config: TwilioConfig): boolean =>
  direction.startsWith('outbound') &&
  (config.TWILIO_MESSAGING_SERVICE_SID === undefined ? from === config.TWILIO_FROM : service === config.TWILIO_MESSAGING_SERVICE_SID);

/** Carriers and Twilio leave texts alone but for the blanks at their ends. */
const sameText = (theirs: string, ours: string): boolean => theirs.replace(/\r\n/g, '\n').trim() === ours.replace(/\r\n/g, '\n').trim();

function candidateOf({ sid, status: reported, code, createdAt }: Listed, segments: number): LookUpCandidate[] {
  const status = statusOf(reported) ?? 'sent';
  return sid === '' ? [] : [{ providerId: sid, providerKey: statusKey(sid, reported), status, ...(code !== undefined && { code }), ...(code === OPTED_OUT && { optedOut: true }), at: new Date(createdAt), segments }];
}
