import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultRules, type Fault, type SeenRequest } from '../proxy/index.js';
import { listen } from '../util/index.js';
import { page } from './page.js';
import { answer, GraphError, type GraphCall } from './routes.js';
import { GraphState } from './state.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface FakeGraph extends AsyncResource {
  /** For INSTAGRAM_GRAPH_URL; its page in a browser shows what was published. */
  url: string;
  /** What is on this Instagram; tests may read and change it. */
  state: GraphState;
  /** Every request, oldest first, with what became of it. */
  calls: (GraphCall & Pick<SeenRequest, 'fault' | 'status'>)[];
  /** What shall go wrong, as with the fault proxy; `path` comes without the version. */
  rules: FaultRules;
  /** The next `times` requests whose path ends with `path` fail with this status and Meta error code (500 and 2 unless told). */
  failNext(times: number, options?: { path?: string; status?: number; code?: number; message?: string }): void;
  close(): Promise<void>;
}

/** Starts a fake of the Instagram Graph API: containers, publishing, stories, media, insights. In memory only. */
export async function startFakeGraph(options: { port?: number } = {}): Promise<FakeGraph> {
  const state = new GraphState();
  const rules = new FaultRules();
  const calls: FakeGraph['calls'] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const call = parse(request, body);
    if (call.path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page(state));
    const fault = rules.take({ ...call, headers: {}, body });
    const record: FakeGraph['calls'][number] = { ...call, ...(fault ? { fault: fault.kind } : {}) };
    calls.push(record);
    if (fault?.kind === 'cut-before') return request.socket.destroy();
    if (fault?.kind === 'delay') await sleep(fault.ms);
    const result = faulty(fault) ?? reply(state, call);
    if (fault?.kind === 'cut-after') return request.socket.destroy();
    record.status = result.status;
    const headers = { 'content-type': 'application/json', ...result.headers };
    response.writeHead(result.status, headers).end(JSON.stringify(result.body));
  };

  const server = await listen(handle, options.port);
  const failNext: FakeGraph['failNext'] = (
    times,
    { path = '', status = 500, code = 2, message = 'An unexpected error has occurred' } = {},
  ) => {
    const body = new GraphError(status, code, message).body();
    rules.add({ when: (request) => request.path.endsWith(path), fault: { kind: 'answer', status, body }, times });
  };
  return { url: server.url, state, calls, rules, failNext, close: server.close, [Symbol.asyncDispose]: server.close };
}

interface Result {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

function reply(state: GraphState, call: GraphCall): Result {
  try {
    return { status: 200, body: answer(state, call) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, body: error.body() };
  }
}

function faulty(fault: Fault | undefined): Result | undefined {
  if (fault?.kind === 'answer') return { status: fault.status, headers: fault.headers, body: fault.body ?? {} };
  if (fault?.kind !== 'too-many') return undefined;
  const body = new GraphError(429, 4, 'Application request limit reached').body();
  return { status: 429, headers: { 'retry-after': String(fault.retryAfterSeconds) }, body };
}

function parse(request: IncomingMessage, body: string): GraphCall {
  const url = new URL(request.url ?? '/', 'http://fake');
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ''),
    params: { ...(bearer ? { access_token: bearer } : {}), ...Object.fromEntries(url.searchParams), ...form(request, body) },
  };
}

function form(request: IncomingMessage, body: string): Record<string, string> {
  if (!body) return {};
  if (!request.headers['content-type']?.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  const fields: Record<string, unknown> = JSON.parse(body);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}
