import type { ImapFlow } from 'imapflow';
import { Bell } from './bell.js';
import { openFolder } from './open-folder.js';

export interface Following {
  folder: string;
  /** How often it is looked into even if nothing is announced, in ms. */
  pollMs: number;
  signal: AbortSignal;
  /** Takes what is new. @param uidValidity of the folder */
  readNew(uidValidity: string): Promise<void>;
}

/** When it shall end, what is in hand has this long, in ms; a server that says nothing any more does not hold anybody up. */
const graceMs = 5_000;

/**
 * Connects, and takes what is new until `signal`: waits by IDLE, and looks by itself now and then. The connection is closed afterwards.
 * @throws what broke the line, or what `readNew` threw
 */
export async function followMailbox(client: ImapFlow, { folder, pollMs, signal, readNew }: Following): Promise<void> {
  // Errors of the connection come as events too; unheard they would end the process.
  let broken: unknown;
  client.on('error', (error) => {
    broken = error;
  });
  // From the start on: what is announced while something is being read must not be missed.
  const bell = new Bell();
  const ring = (): void => bell.ring();
  client.on('exists', ring);
  client.once('close', ring);
  let cut: NodeJS.Timeout | undefined;
  const end = (): void => {
    ring();
    cut = setTimeout(() => client.close(), graceMs);
  };
  if (signal.aborted) return;
  signal.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    const opened = await openFolder(client, folder);
    while (!signal.aborted && client.usable) {
      bell.silence();
      await readNew(String(opened.uidValidity));
      if (!signal.aborted) await somethingNew(client, bell, pollMs);
    }
    if (!signal.aborted) throw broken ?? new Error('the connection was closed');
  } catch (error) {
    throw broken ?? error;
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(cut);
    client.close();
  }
}

/** Until the server says that something came, it is time to look anyway, the connection is gone, or it shall end. */
async function somethingNew(client: ImapFlow, bell: Bell, pollMs: number): Promise<void> {
  if (bell.hasRung) return;
  // Ends by itself as soon as anything else is asked.
  const idling = client.idle().catch(() => undefined);
  await bell.rung(pollMs);
  if (!client.usable) return;
  await client.noop();
  await idling;
}
