import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type * as http from 'twilio/lib/http/response.js';
import { TWILIO_API, type TwilioConfig } from './config.js';

/** One answer of Twilio's REST API. */
export interface TwilioAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly retryAfter: string | undefined;
}

/** A client that asks once, and tells status and headers instead of throwing them away. */
export interface TwilioClient {
  post(path: string, data: Record<string, string | string[]>): Promise<TwilioAnswer>;
  get(path: string, query?: Record<string, string>): Promise<TwilioAnswer>;
}

/** Sends the SDK's requests to the configured base: an emulator, a proxy, or Twilio itself. */
class RebasedRequestClient extends twilio.RequestClient {
  constructor(private readonly base: string, timeout: number) {
    // No kept connections: on one the server has just closed, "was it sent?" has no answer. No retries: one call, one attempt.
    super({ timeout, keepAlive: false, autoRetry: false });
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>): Promise<http.default<TData>> {
    const uri = options.uri.startsWith(TWILIO_API) ? this.base + options.uri.slice(TWILIO_API.length) : options.uri;
    return super.request<TData>({ ...options, uri });
  }
}

/** Credentials never leave this closure: neither errors nor answers carry them. */
export function createTwilioClient(config: TwilioConfig): TwilioClient {
  const client = twilio(
    config.TWILIO_API_KEY ?? config.TWILIO_ACCOUNT_SID,
    config.TWILIO_API_SECRET ?? config.TWILIO_AUTH_TOKEN,
    {
      accountSid: config.TWILIO_ACCOUNT_SID,
      httpClient: new RebasedRequestClient(config.TWILIO_API_BASE.replace(/\/+$/, ''), config.TWILIO_TIMEOUT_MS),
      autoRetry: false,
    },
  );
  const uriOf = (path: string): string => `${TWILIO_API}/2010-04-01/Accounts/${config.TWILIO_ACCOUNT_SID}${path}`;
  return {
    post: async (path, data) => readAnswer(await client.request({ method: 'post', uri: uriOf(path), data })),
    get: async (path, params) => readAnswer(await client.request({ method: 'get', uri: uriOf(path), ...(params !== undefined && { params }) })),
  };
}

function readAnswer(answer: unknown): TwilioAnswer {
  const { statusCode, body, headers } = isRecord(answer) ? answer : {};
  const retryAfter = isRecord(headers) ? headers['retry-after'] : undefined;
  return {
    status: typeof statusCode === 'number' ? statusCode : 0,
    body: isRecord(body) ? body : {},
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
