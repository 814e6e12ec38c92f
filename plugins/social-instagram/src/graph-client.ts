import { networkReason } from '@sevenfold/plugin-sdk';
import { z } from 'zod';
import type { InstagramConfig } from './config.js';

/** What the Graph API answered, or how the line failed. Neither holds a URL, a token or the API's free text. */
export type GraphAnswer =
  | { readonly kind: 'ok'; readonly body: unknown; readonly at: Date | undefined }
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly subcode: number; readonly transient: boolean; readonly retryAfterMs?: number }
  | { readonly kind: 'lost'; readonly reason: string; readonly connected: boolean };

/** One call of the Graph API. */
export interface GraphCall {
  readonly method?: 'GET' | 'POST';
  /** Ids only: every segment is escaped. */
  readonly path: readonly string[];
  readonly params?: Record<string, string>;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Calls the Graph API once. */
export type GraphClient = (call: GraphCall) => Promise<GraphAnswer>;

const errorBody = z.object({
  error: z.object({
    code: z.number().catch(0),
    error_subcode: z.number().catch(0),
    is_transient: z.boolean().catch(false),
  }),
});

const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** A client for the configured base URL. */
export function createGraphClient(config: InstagramConfig): GraphClient {
  const base = config.INSTAGRAM_GRAPH_URL.replace(/\/+$/, '');
  return async ({ method = 'GET', path, params = {}, token, signal }) => {
    const fields = new URLSearchParams({ ...params, access_token: token });
    const url = `${base}/${path.map(encodeURIComponent).join('/')}`;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(config.INSTAGRAM_TIMEOUT_MS)]);
    try {
      const response = method === 'POST'
        ? await fetch(url, { method, body: fields, signal: limited, redirect: 'error' })
        : await fetch(`${url}?${fields}`, { signal: limited, redirect: 'error' });
      const body: unknown = await response.json().catch((error: unknown) => {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      });
      return response.ok && body !== undefined ? { kind: 'ok', body, at: dateOf(response) } : failure(response, body);
    } catch (error) {
      const reason = networkReason(error);
      return { kind: 'lost', reason, connected: !NOT_CONNECTED.has(reason) };
    }
  };
}

function failure(response: Response, body: unknown): GraphAnswer {
  const parsed = errorBody.safeParse(body);
  const { code, error_subcode: subcode, is_transient: transient } = parsed.success
    ? parsed.data.error
    : { code: 0, error_subcode: 0, is_transient: false };
  const retryAfter = response.headers.get('retry-after');
  return {
    kind: 'error',
    status: response.status,
    code,
    subcode,
    transient,
    ...(retryAfter !== null && /^\d{1,6}$/.test(retryAfter) && { retryAfterMs: Number(retryAfter) * 1000 }),
  };
}

function dateOf(response: Response): Date | undefined {
  const at = new Date(response.headers.get('date') ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
}
