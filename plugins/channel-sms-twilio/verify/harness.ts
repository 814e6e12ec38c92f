import { createHmac } from 'node:crypto';
import { defineHarness, type FakeProvider, type Incoming, type ProviderAnswer, type ProviderKit, type ProviderRequest, type ProviderResponse, serveHttp, type UnsignedRequest } from '@sevenfold/plugin-sdk/conformance';

const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const TOKEN = 'auth-token-of-the-account';
const NUMBER = '+15551234567';
const API = `/2010-04-01/Accounts/${ACCOUNT}`;

/** What sevenfold-verify must know of Twilio: a small fake of its REST API, and how its webhooks are signed. */
export default defineHarness({
  provider: startFakeTwilio,
  env: ({ url, timeoutMs }) => ({
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_FROM: NUMBER,
    TWILIO_API_BASE: url,
    TWILIO_TIMEOUT_MS: String(timeoutMs),
    TWILIO_DEFAULT_COUNTRY: 'NL',
  }),
  secrets: ['TWILIO_AUTH_TOKEN'],
  addresses: {
    good: [{ typed: '06 - 12 34 56 78', normalised: '+31612345678' }, { typed: '+1 (202) 555-0123', normalised: '+12025550123' }],
    bad: ['12', 'ada@example.com', '+31', 'call +31612345678 now'],
  },
});

interface Kept {
  readonly sid: string;
  readonly form: URLSearchParams;
  readonly at: Date;
}

async function startFakeTwilio(kit: ProviderKit): Promise<FakeProvider> {
  const kept: Kept[] = [];
  const files = new Map<string, Uint8Array>();
  const server = await serveHttp(async (request) => {
    if (request.headers.authorization !== `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`) return refusal(401, 20003, 'Authenticate');
    const path = request.path.split('?')[0] ?? '';
    if (request.method === 'POST' && path === `${API}/Messages.json`) return take(request, kit, kept);
    if (path === `${API}/Messages.json`) return { status: 200, body: { messages: kept.map(listed) } };
    const file = files.get(path);
    if (file !== undefined) return { status: 200, headers: { 'content-type': 'image/png' }, body: file };
    return path === `${API}.json` ? { status: 200, body: { sid: ACCOUNT, status: 'active' } } : refusal(404, 20404, 'not found');
  });
  return { ...server, webhooks: webhooks(files) };
}

/** POST Messages.json, as Twilio answers it. */
async function take({ body }: ProviderRequest, kit: ProviderKit, kept: Kept[]): Promise<ProviderResponse> {
  const form = new URLSearchParams(body.toString());
  const { answer } = kit;
  const taken = answer.as === 'accept' || answer.as === 'nonsense';
  const sid = `SM${String(kept.length + 1).padStart(32, '0')}`;
  if (taken) kept.push({ sid, form, at: new Date() });
  const callbackUrl = form.get('StatusCallback') ?? undefined;
  await kit.attempt({
    to: form.get('To') ?? '',
    text: form.get('Body') ?? '',
    taken,
    ...(taken && { providerId: sid }),
    messageId: (callbackUrl && new URL(callbackUrl).searchParams.get('m')) || undefined,
    callbackUrl,
    attachments: form.getAll('MediaUrl').map((url) => ({ url, contentType: '' })),
  });
  return responseOf(answer, sid);
}

function responseOf(answer: ProviderAnswer, sid: string): ProviderResponse {
  switch (answer.as) {
    case 'accept':
      return { status: 201, body: { sid, status: 'queued', num_segments: '1' } };
    case 'nonsense':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>We moved</html>' };
    case 'reject':
      return refusal(400, 21211, answer.detail);
    case 'opted-out':
      return refusal(400, 21610, answer.detail);
    case 'rate-limit':
      return { ...refusal(429, 20429, answer.detail), headers: { 'retry-after': String(answer.retryAfterSeconds) } };
    case 'unavailable':
      return refusal(503, 20503, answer.detail);
    case 'wrong-credentials':
      return refusal(401, 20003, answer.detail);
  }
}

const refusal = (status: number, code: number, message: string): ProviderResponse => ({ status, body: { code, message, status, more_info: `https://www.twilio.com/docs/errors/${code}` } });

const listed = ({ sid, form, at }: Kept): object => ({
  sid, body: form.get('Body') ?? '', direction: 'outbound-api', from: form.get('From'), to: form.get('To'), messaging_service_sid: null,
  status: 'sent', error_code: null, date_created: at.toUTCString(),
});

function webhooks(files: Map<string, Uint8Array>): FakeProvider['webhooks'] {
  let count = 0;
  const written = ({ id, from, to, text, media }: Incoming, extra: Record<string, string> = {}): UnsignedRequest => {
    const sid = `SM${id.padStart(32, '0')}`;
    const path = `${API}/Messages/${sid}/Media/ME${(count += 1)}`;
    if (media) files.set(path, media.content);
    return form('', {
      MessageSid: sid, From: from, To: to, Body: text, NumMedia: media ? '1' : '0', ...extra,
      ...(media && { MediaUrl0: `https://api.twilio.com${path}`, MediaContentType0: media.contentType }),
    });
  };
  return {
    signatureHeaders: ['x-twilio-signature'],
    coversUrl: true,
    sign: ({ url, body }, forged) => ({ 'x-twilio-signature': signature(url, body, forged ? 'somebody else’s' : TOKEN) }),
    statuses: ['sent', 'delivered', 'failed', 'read'],
    status: ({ attempt, status }) => {
      const called = new URL(attempt.callbackUrl ?? 'https://none.example');
      const suffix = called.pathname.replace(/^.*\/channels\/[^/]+/, '') + called.search;
      return form(suffix, { MessageSid: attempt.providerId ?? '', MessageStatus: status, From: NUMBER, To: attempt.to, ...(status === 'failed' && { ErrorCode: '30003' }) });
    },
    message: (incoming) => written(incoming),
    optOut: (incoming) => written({ ...incoming, text: 'Stop' }, { OptOutType: 'STOP' }),
    optIn: (incoming) => written({ ...incoming, text: 'START' }),
  };
}

const form = (path: string, fields: Record<string, string>): UnsignedRequest => ({
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** Over the address, and the fields in the order of their names. */
function signature(url: string, body: string, token: string): string {
  const fields = [...new URLSearchParams(body)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', token).update(url + fields.map(([name, value]) => name + value).join('')).digest('base64');
}
