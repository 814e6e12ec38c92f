import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { errorCode, listen } from '../util/index.js';
import type { AsyncResource } from '../util/async-resource.js';

export interface BalancerOptions {
  /** Ports on 127.0.0.1 of the processes behind it. */
  targets: readonly number[];
  /** A free one unless told. */
  port?: number;
  /** For how long one that refused is left alone, in ms; 500 unless told. */
  outMs?: number;
}

export interface Balancer extends AsyncResource {
  /** http://127.0.0.1:port */
  url: string;
  port: number;
  /** How many answers came from each target, in their order. */
  answered: readonly number[];
  close(): Promise<void>;
}

/**
 * One address before several processes: each request to the next one, those that refuse left out for a while, as any
 * load balancer does. What a process had taken before it died is answered with 502: whether it happened nobody
 * knows here, and only the caller may repeat it. Streams pass through as they come.
 */
export async function startBalancer({ targets, port, outMs = 500 }: BalancerOptions): Promise<Balancer> {
  const answered = targets.map(() => 0);
  const outUntil = targets.map(() => 0);
  let turn = 0;
  const order = (): number[] => {
    turn += 1;
    const all = targets.map((_, index) => (index + turn) % targets.length);
    const now = performance.now();
    // Those that are out come last: with all of them out, somebody must be asked.
    return [...all.filter((index) => (outUntil[index] ?? 0) <= now), ...all.filter((index) => (outUntil[index] ?? 0) > now)];
  };
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    for (const index of order()) {
      const outcome = await pass(incoming, body, response, targets[index] ?? 0);
      if (outcome === 'refused') {
        outUntil[index] = performance.now() + outMs;
        continue;
      }
      if (outcome === 'answered') answered[index] = (answered[index] ?? 0) + 1;
      return;
    }
    response.writeHead(503, { 'retry-after': '1' }).end();
  };
  const server = await listen(handle, port);
  return { url: server.url, port: server.port, answered, close: server.close, [Symbol.asyncDispose]: server.close };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** `refused`: the process has not seen it. `broken`: it may have. */
function pass(incoming: IncomingMessage, body: Buffer, response: ServerResponse, port: number): Promise<'answered' | 'refused' | 'broken'> {
  return new Promise((resolve) => {
    const { method, url: path, headers } = incoming;
    // A connection for each: one that was kept may have died unnoticed.
    const outgoing = send({ host: '127.0.0.1', port, method, path, headers, agent: false });
    outgoing.on('error', (error) => {
      if (errorCode(error) === 'ECONNREFUSED') return resolve('refused');
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
      resolve('broken');
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
      response.flushHeaders();
      answer.on('error', () => response.destroy());
      answer.on('close', () => {
        if (!answer.complete) response.destroy();
      });
      answer.pipe(response);
      resolve('answered');
    });
    // Nobody listens any more: the process behind shall hear of it (an event stream would stay open for ever).
    response.on('close', () => outgoing.destroy());
    outgoing.end(body);
  });
}

function withoutConnection({ connection: _c, 'keep-alive': _k, ...rest }: IncomingMessage['headers']): IncomingMessage['headers'] {
  return rest;
}
