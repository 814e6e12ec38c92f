import { type AttachmentRef, type FetchContext, type FetchedAttachment, networkReason } from '@sevenfold/plugin-sdk';
import type { Graph } from './graph.js';

const refused = (reason: string): FetchedAttachment => ({ outcome: 'refused', reason });
const notNow = (reason: string): FetchedAttachment => ({ outcome: 'not_now', reason });

/** Fetches a file: its id leads to an address that works for five minutes, and that to the bytes. */
export async function fetchMedia(ref: AttachmentRef, { signal, maxBytes }: FetchContext, graph: Graph): Promise<FetchedAttachment> {
  const id = graph.mediaId(ref.url);
  if (id === undefined) return refused('not a file of WhatsApp');
  try {
    const { status, body } = await graph.media(id, signal);
    if (status !== 200 || typeof body.url !== 'string') return away(status);
    if (typeof body.file_size === 'number' && body.file_size > maxBytes) return refused('too large');
    const response = await graph.download(body.url, signal);
    if (response === undefined) return refused('kept somewhere that is not WhatsApp’s');
    if (response.status !== 200) return away(response.status);
    const content = await readAtMost(response, maxBytes);
    if (content === undefined) return refused('too large');
    return { outcome: 'fetched', content, contentType: response.headers.get('content-type') ?? ref.contentType };
  } catch (error) {
    return notNow(networkReason(error));
  }
}

// Our own wrong token is no reason to give a creator's picture up.
const away = (status: number): FetchedAttachment => (status === 404 || status === 410 || status === 400 ? refused('gone') : notNow(`HTTP ${status}`));

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the reading.
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
