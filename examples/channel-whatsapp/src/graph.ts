import type { WhatsAppConfig } from './config.js';

/** An answer of the Graph API, read. */
export interface GraphAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly retryAfter: string | null;
}

/** A file to be sent. */
export interface GraphFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** The few calls this plugin makes. Each asks once, throws only when the line fails, and keeps the token to itself. */
export interface Graph {
  post(edge: string, body: object, signal?: AbortSignal): Promise<GraphAnswer>;
  upload(file: GraphFile, signal?: AbortSignal): Promise<GraphAnswer>;
  get(edge: string): Promise<GraphAnswer>;
  /** The address of a file in WhatsApp's store. */
  mediaUrl(id: string): string;
  /** The id in such an address; undefined when it is not one of ours. */
  mediaId(url: string): string | undefined;
  media(id: string, signal: AbortSignal): Promise<GraphAnswer>;
  /** The bytes behind an address that `media` named; undefined when it leads to somebody else. */
  download(url: string, signal: AbortSignal): Promise<Response> | undefined;
}

/** A client bound to one number. */
export function createGraph(config: WhatsAppConfig): Graph {
  const root = `${config.WHATSAPP_API_BASE}/${config.WHATSAPP_API_VERSION}`;
  const authorization = `Bearer ${config.WHATSAPP_ACCESS_TOKEN}`;
  const ask = (url: string, init: RequestInit, signal?: AbortSignal): Promise<Response> => {
    const timeout = AbortSignal.timeout(config.WHATSAPP_TIMEOUT_MS);
    const headers = { ...init.headers, authorization };
    return fetch(url, { ...init, headers, redirect: 'error', signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) });
  };
  const own = (edge: string): string => `${root}/${config.WHATSAPP_PHONE_NUMBER_ID}${edge === '' ? '' : `/${edge}`}`;
  return {
    post: async (edge, body, signal) => read(await ask(own(edge), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }, signal)),
    upload: async (file, signal) => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('type', file.contentType);
      form.set('file', new Blob([Uint8Array.from(file.content)], { type: file.contentType }), file.filename);
      return read(await ask(own('media'), { method: 'POST', body: form }, signal));
    },
    get: async (edge) => read(await ask(own(edge), {})),
    mediaUrl: (id) => `${root}/${id}`,
    mediaId: (url) => (url.startsWith(`${root}/`) ? /^\d{1,40}$/.exec(url.slice(root.length + 1))?.[0] : undefined),
    media: async (id, signal) => read(await ask(`${root}/${id}`, {}, signal)),
    download: (url, signal) => (isMetas(url, config.WHATSAPP_API_BASE) ? ask(url, {}, signal) : undefined),
  };
}

// The download goes with our token, so it goes to Meta and nobody else.
function isMetas(address: string, base: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.origin === new URL(base).origin || (url.protocol === 'https:' && url.hostname === 'lookaside.fbsbx.com'));
}

async function read(response: Response): Promise<GraphAnswer> {
  const text = await response.text();
  return { status: response.status, body: parse(text), retryAfter: response.headers.get('retry-after') };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    // A gateway's page, say: the status is all we learn.
    return {};
  }
}
