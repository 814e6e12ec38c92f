import type { Request, Response } from 'express';
import type { Listening } from './live-connection.js';
import type { LiveHub } from './live-hub.js';

/** How long a reader waits before it connects again, in ms. */
const retryMs = 2_000;

/**
 * Answers a request by server-sent events, until the reader leaves or their session ends.
 * The last id comes in the header browsers send by themselves, or as `?lastEventId=` on the first connection of a page that knows one.
 */
export async function stream(hub: LiveHub, listening: Listening, request: Request, response: Response): Promise<void> {
  const asked: unknown = request.query['lastEventId'];
  const lastEventId = request.header('last-event-id') ?? (typeof asked === 'string' ? asked : undefined);
  const connection = await hub.open(listening, response, lastEventId === '' ? undefined : lastEventId, () => {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // A proxy that keeps answers back, or packs them, keeps the hints back.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    request.socket.setNoDelay(true);
    response.write(`retry: ${retryMs}\n\n`);
  });
  response.once('close', () => hub.drop(connection));
  if (response.destroyed) hub.drop(connection);
}
