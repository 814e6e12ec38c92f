import { randomUUID } from 'node:crypto';

/** An answer of the REST API, refusals included. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; `{}` when there was none. */
  body: Body;
}
/** JSON as a test reads it: one field after the other, each checked by what is expected of it. */
export type Body = { [field: string]: Body } & { readonly data?: Body[] };

export interface CallOptions {
  /** The token to call with; the first admin's unless told. */
  token?: string;
  /** Of the caller's choice; a fresh one for each POST unless told. */
  key?: string;
  signal?: AbortSignal;
}

/** A caller of the REST API for tests: answers are never thrown, so that a test reads refusals like everything else. */
export class TestApi {
  constructor(
    readonly url: string,
    /** The token this caller calls with. */
    readonly bearer: string,
  ) {}

  /** The same API as somebody else. */
  as(token: string): TestApi {
    return new TestApi(this.url, token);
  }

  get = (path: string, options?: CallOptions): Promise<Answer> => this.call('GET', path, undefined, options);
  post = (path: string, body: object = {}, options?: CallOptions): Promise<Answer> => this.call('POST', path, body, options);
  patch = (path: string, body: object, options?: CallOptions): Promise<Answer> => this.call('PATCH', path, body, options);
  put = (path: string, body: object, options?: CallOptions): Promise<Answer> => this.call('PUT', path, body, options);

  /** Like `post`, but a refusal is an error: for steps a test only passes through. */
  async made(path: string, body: object = {}): Promise<Body> {
    const answer = await this.post(path, body);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  protected async call(method: string, path: string, body: object | undefined, options: CallOptions = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${options.token ?? this.bearer}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(method === 'POST' ? { 'idempotency-key': options.key ?? randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: (isJson && text !== '' ? JSON.parse(text) : {}) as Body };
  }
}

/** A member of an answer as a list; empty when it is none. */
export function listOf(value: Body | undefined): Body[] {
  return Array.isArray(value) ? value : [];
}
