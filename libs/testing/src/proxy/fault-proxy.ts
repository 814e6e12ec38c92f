import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, type HttpServer } from '../util/index.js';
import { FaultRules, type Fault, type ProxiedRequest, type SeenRequest } from './faults.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface FaultProxy extends AsyncResource {
  /** To be used in place of the target's address. */
  url: string;
  rules: FaultRules;
  /** Every request that came, oldest first, with what became of it. */
  seen: SeenRequest[];
  close(): Promise<void>;
}

// These belong to one connection and must not be carried over to the other one.
const hopByHop = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'host',
  'accept-encoding',
];

/**
 * Starts a proxy before an HTTP service (an emulator) that passes everything on and fails when told to: 429, any
 * other answer, a line cut before or after the service has acted, delay.
 * @param target base address without a slash at its end.
 */
export async function startFaultProxy(target: string, options: { port?: number } = {}): Promise<FaultProxy> {
  const rules = new FaultRules();
  const seen: SeenRequest[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await read(incoming);
    const fault = rules.take(request);
    const record: SeenRequest = { ...request, ...(fault ? { fault: fault.kind } : {}) };
    seen.push(record);
    if (fault?.kind === 'cut-before') return incoming.socket.destroy();
    const own = answerOf(fault);
    if (!own && fault?.kind === 'delay') await sleep(fault.ms);
    const answer = own ?? (await passOn(target, request));
    if (fault?.kind === 'cut-after') return incoming.socket.destroy();
    record.status = answer.status;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };

  const server: HttpServer = await listen(handle, options.port);
  return { url: server.url, rules, seen, close: server.close, [Symbol.asyncDispose]: server.close };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

function answerOf(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind === 'too-many') {
    return { status: 429, headers: { 'retry-after': String(fault.retryAfterSeconds) }, body: '' };
  }
  if (fault?.kind !== 'answer') return undefined;
  const headers = { 'content-type': 'application/json', ...fault.headers };
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  return { status: fault.status, headers, body };
}

async function passOn(target: string, { method, path, headers, body }: ProxiedRequest): Promise<Answer> {
  const withBody = method !== 'GET' && method !== 'HEAD';
  const answer = await fetch(target + path, {
    method,
    headers: carried(headers),
    redirect: 'manual',
    ...(withBody ? { body } : {}),
  });
  return {
    status: answer.status,
    headers: carried(Object.fromEntries(answer.headers)),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

function carried(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}

async function read(incoming: IncomingMessage): Promise<ProxiedRequest> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: await text(incoming),
  };
}
