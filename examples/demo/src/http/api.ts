import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Problem } from './refused.ts';

export interface Page<Item> {
  data: Item[];
  /** Short lists have one page and no cursor. */
  nextCursor?: string | null;
}

/** How long one request is repeated when the engine is away or we were too fast. The key stays, so it happens once. */
const attempts = 4;

/** The REST API as one person sees it: who they are is in the token. */
export class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base.replace(/\/+$/, '');
    this.#token = token;
  }

  /** The same API for somebody else. */
  as(token: string): Api {
    return new Api(this.#base, token);
  }

  get<T>(path: string): Promise<T> {
    return this.#json<T>('GET', path);
  }

  /** Every item of a list, page by page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const query = `limit=200${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: Page<T> = await this.get(`${path}${path.includes('?') ? '&' : '?'}${query}`);
      items.push(...page.data);
      cursor = page.nextCursor ?? null;
    } while (cursor !== null);
    return items;
  }

  /** @param key the Idempotency-Key; a fresh one unless the same press is to be repeated */
  post<T>(path: string, body: unknown = {}, key: string = randomUUID()): Promise<T> {
    return this.#json<T>('POST', path, body, key);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#json<T>('PATCH', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#json<T>('PUT', path, body);
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await this.#send('GET', path);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Uploads a file as the bytes it is. */
  async upload<T>(path: string, bytes: Uint8Array, type: string): Promise<T> {
    return read<T>(await this.#send('POST', path, bytes, randomUUID(), type));
  }

  async #json<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    return read<T>(await this.#send(method, path, body === undefined ? undefined : JSON.stringify(body), key, 'application/json'));
  }

  /** @throws Refused with the API's own words */
  async #send(method: string, path: string, body?: string | Uint8Array, key?: string, type?: string): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(type !== undefined && body !== undefined && { 'content-type': type }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(30_000),
      });
      if (response.ok) return response;
      const problem = await problemOf(response);
      if (attempt === attempts || !worthRepeating(response, problem)) throw new Refused(`${method} ${path}`, problem);
      await sleep(Math.min(5, Number(response.headers.get('retry-after') ?? 1)) * 1_000);
    }
  }
}

/** Nothing was decided: the engine is away, somebody repeats the same press, or we are too fast. */
function worthRepeating(response: Response, { code }: Problem): boolean {
  return response.status === 503 || response.status === 429 || code === 'idempotency_running';
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  return JSON.parse(text === '' ? 'null' : text);
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (response.headers.get('content-type')?.includes('json')) return JSON.parse(text);
  return { code: 'no_problem_json', status: response.status, title: response.statusText, detail: text.slice(0, 300) };
}
