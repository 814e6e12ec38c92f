import { Agent, request } from 'node:http';
import { isStream, type Operation } from './document.js';
import type { Sent } from './requests.js';

/** A request byte for byte, also one that no honest client would send. */
export interface RawRequest {
  method: string;
  /** Path and query as they go over the line. */
  target: string;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends it and reads the answer; of a stream that never ends, its first words. @throws Error when the line breaks without an answer */
export function sendRaw(url: string, operation: Operation, { method, target, headers, body }: RawRequest): Promise<Sent> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, method, path: target, headers: { ...headers, ...(body && { 'content-length': String(body.byteLength) }) } }, (response) => {
      const chunks: Buffer[] = [];
      const status = response.statusCode ?? 0;
      const end = () => {
        const text = Buffer.concat(chunks).toString();
        const entries = Object.entries(response.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
        const isJson = response.headers['content-type']?.includes('json') === true;
        resolve({ status, headers: new Headers(entries), text, json: isJson && text !== '' ? JSON.parse(text) : null });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (isStream(operation) && status === 200) {
          end();
          outgoing.destroy();
        }
      });
      response.on('end', end);
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export const closeLines = (): void => agent.destroy();
