import { createHmac } from 'node:crypto';
import { type Attempt, defineHarness, type FakeProvider, type Incoming, type ProviderAnswer, type ProviderKit, type ProviderRequest, type ProviderResponse, serveHttp, type UnsignedRequest } from '@sevenfold/plugin-sdk/conformance';

const PHONE_ID = '106540352242922';
const NUMBER = '+15551234567';
const TOKEN = 'EAAG-verify-access-token-1234567890';
const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** What sevenfold-verify must know of WhatsApp: a small fake of Meta's Graph API, and how its webhooks look. */
export default defineHarness({
  provider: startFakeGraph,
  env: ({ url, timeoutMs }) => ({
    WHATSAPP_PHONE_NUMBER_ID: PHONE_ID,
    WHATSAPP_NUMBER: NUMBER,
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: SECRET,
    WHATSAPP_VERIFY_TOKEN: 'verify-me-please',
    WHATSAPP_API_BASE: url,
    WHATSAPP_TIMEOUT_MS: String(timeoutMs),
  }),
  secrets: ['WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'],
  addresses: {
    good: [{ typed: '+31 (6) 12-34 56 78', normalised: '+31612345678' }, { typed: '0049 151 23456789', normalised: '+4915123456789' }],
    bad: ['0612345678', '+31', 'ada@example.com', '+31612345678 or +31612345679'],
  },
});

interface StoredFile {
  readonly contentType: string;
  readonly content: Buffer;
}

async function startFakeGraph(kit: ProviderKit): Promise<FakeProvider> {
  const files = new Map<string, StoredFile>();
  const keep = (file: StoredFile): string => {
    const id = String(1_000_000 + files.size);
    files.set(id, file);
    return id;
  };
  const handle = async (request: ProviderRequest): Promise<ProviderResponse> => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, 190, 'Invalid OAuth access token');
    const [, , id = '', edge = ''] = request.path.split('?')[0]?.split('/') ?? [];
    if (request.method === 'POST' && id === PHONE_ID && edge === 'messages') return take(request, kit, files);
    if (request.method === 'POST' && id === PHONE_ID && edge === 'media') return { status: 200, body: { id: keep(await uploaded(request)) } };
    if (id === PHONE_ID) return { status: 200, body: { id, verified_name: 'Sevenfold' } };
    const file = files.get(id);
    if (file === undefined) return refusal(404, 100, 'Unsupported get request');
    if (edge === 'bytes') return { status: 200, headers: { 'content-type': file.contentType }, body: file.content };
    return { status: 200, body: { id, url: `http://${request.headers.host}/v23.0/${id}/bytes`, mime_type: file.contentType, file_size: file.content.byteLength } };
  };
  const server = await serveHttp(handle);
  return {
    ...server,
    webhooks: {
      signatureHeaders: ['x-hub-signature-256'],
      sign: ({ body }, forged) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', forged ? 'somebody else’s' : SECRET).update(body).digest('hex')}` }),
      statuses: ['sent', 'delivered', 'read', 'failed'],
      status: ({ attempt, status, at }) => change({
        statuses: [{
          id: attempt.providerId, status, timestamp: seconds(at), recipient_id: attempt.to.slice(1), biz_opaque_callback_data: attempt.messageId,
          ...(status === 'failed' && { errors: [{ code: 131026, title: 'Message undeliverable' }] }),
        }],
      }),
      message: (incoming) => change({ messages: [written(incoming, keep)] }),
      optOut: (incoming) => change({ messages: [written({ ...incoming, text: 'STOP' }, keep)] }),
      optIn: ({ from, at }) => change({ user_preferences: [{ wa_id: from.slice(1), category: 'marketing_messages', value: 'resume', timestamp: Number(seconds(at)) }] }),
    },
  };
}

/** POST /messages, as Meta answers it. */
async function take(request: ProviderRequest, kit: ProviderKit, files: ReadonlyMap<string, StoredFile>): Promise<ProviderResponse> {
  const { answer } = kit;
  const taken = answer.as === 'accept' || answer.as === 'nonsense';
  const asked = attemptOf(JSON.parse(request.body.toString()), files);
  const providerId = `wamid.${Buffer.from(asked.messageId ?? '').toString('base64url').slice(0, 40)}`;
  await kit.attempt({ ...asked, taken, ...(taken && { providerId }) });
  return responseOf(answer, providerId);
}

function responseOf(answer: ProviderAnswer, id: string): ProviderResponse {
  switch (answer.as) {
    case 'accept':
      return { status: 200, body: { messaging_product: 'whatsapp', contacts: [], messages: [{ id }] } };
    case 'nonsense':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>We moved</html>' };
    case 'reject':
      return refusal(400, 131026, answer.detail);
    case 'opted-out':
      return refusal(400, 131050, answer.detail);
    case 'rate-limit':
      return { ...refusal(429, 130429, answer.detail), headers: { 'retry-after': String(answer.retryAfterSeconds) } };
    case 'unavailable':
      return refusal(503, 131016, answer.detail);
    case 'wrong-credentials':
      return refusal(401, 190, answer.detail);
  }
}

const refusal = (status: number, code: number, message: string): ProviderResponse => ({ status, body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'A1' } } });

interface MessageBody {
  readonly to: string;
  readonly biz_opaque_callback_data?: string;
  readonly text?: { readonly body: string };
  readonly image?: { readonly id: string; readonly caption?: string };
}

function attemptOf(body: MessageBody, files: ReadonlyMap<string, StoredFile>): Omit<Attempt, 'taken'> {
  const file = body.image && files.get(body.image.id);
  return {
    to: `+${body.to}`,
    text: body.text?.body ?? body.image?.caption ?? '',
    ...(body.biz_opaque_callback_data !== undefined && { messageId: body.biz_opaque_callback_data }),
    ...(file && { attachments: [file] }),
  };
}

async function uploaded(request: ProviderRequest): Promise<StoredFile> {
  const form = await new Response(Uint8Array.from(request.body), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData();
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new TypeError('no file');
  return { contentType: file.type, content: Buffer.from(await file.arrayBuffer()) };
}

function written({ id, from, text, at, media }: Incoming, keep: (file: StoredFile) => string): object {
  const base = { id: `wamid.in.${id}`, from: from.slice(1), timestamp: seconds(at) };
  if (media === undefined) return { ...base, type: 'text', text: { body: text } };
  const file = keep({ contentType: media.contentType, content: Buffer.from(media.content) });
  return { ...base, type: 'image', image: { id: file, mime_type: media.contentType, caption: text } };
}

const seconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

const change = (value: object): UnsignedRequest => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: { display_phone_number: NUMBER.slice(1), phone_number_id: PHONE_ID }, ...value } }] }],
  }),
});
