import type { PluginHost, ReceiverContext } from '@sevenfold/plugin-sdk';
import type { ImapFlow, SearchObject } from 'imapflow';
import type { EmailConfig } from '../config.js';
import { envelopeOf } from './envelope-headers.js';
import { eventsOf } from './events-of.js';

interface Reading {
  client: ImapFlow;
  config: EmailConfig;
  host: PluginHost;
  context: ReceiverContext;
  cursor: ReturnType<ReceiverContext['cursor']>;
  uidValidity: string;
  signal: AbortSignal;
}

/** Takes every mail beyond the cursor. With another UIDVALIDITY all numbers are new: everything is read again, and known by its key. */
export async function readNew(reading: Reading): Promise<void> {
  const { host, config } = reading;
  await readBeyond({
    ...reading,
    where: async (isFirst) => (isFirst ? { since: new Date((await host.clock.now()).getTime() - config.IMAP_FIRST_DAYS * 24 * 3_600_000) } : { uid: '1:*' }),
    takeOne: (uid) => takeOne(reading, uid),
  });
}

interface Beyond {
  client: ImapFlow;
  cursor: ReturnType<ReceiverContext['cursor']>;
  uidValidity: string;
  signal: AbortSignal;
  /** What to look for where the cursor does not tell: the first time, or with another UIDVALIDITY. */
  where(isFirst: boolean): Promise<SearchObject>;
  /** @param isAnew the cursor does not tell whether it is new */
  takeOne(uid: number, isAnew: boolean): Promise<void>;
}

/** Goes through what is beyond the cursor, oldest first. Each is kept before the cursor moves past it, so that a crash reads it again and never loses it. */
export async function readBeyond({ client, cursor, uidValidity, signal, where, takeOne: take }: Beyond): Promise<void> {
  const stored = await cursor.get();
  const same = stored?.['uidValidity'] === uidValidity;
  const last = same ? Number(stored['uid'] ?? 0) : 0;
  const found = await client.search(same ? { uid: `${last + 1}:*` } : await where(stored === undefined), { uid: true });
  // `n:*` names the last mail even when it is older than n.
  const uids = (Array.isArray(found) ? found : []).filter((uid) => uid > last).toSorted((one, other) => one - other);
  if (!same && uids.length === 0) await cursor.set({ uidValidity, uid: await newestUid(client) });
  for (const uid of uids) {
    if (signal.aborted) return;
    await take(uid, !same);
    await cursor.set({ uidValidity, uid });
  }
}

/** Where the opened folder ends; 0 when it is empty. */
export async function newestUid(client: ImapFlow): Promise<number> {
  const all = await client.search({ all: true }, { uid: true });
  return Array.isArray(all) ? all.reduce((most, uid) => Math.max(most, uid), 0) : 0;
}

async function takeOne({ client, config, host, context }: Reading, uid: number): Promise<void> {
  const size = await client.fetchOne(String(uid), { size: true, uid: true }, { uid: true });
  if (!size) return; // removed since
  const tooLarge = (size.size ?? 0) > config.MAIL_IN_MAX_BYTES;
  const mail = await client.fetchOne(String(uid), { uid: true, source: tooLarge ? { maxLength: 200_000 } : true }, { uid: true });
  if (!mail) return;
  if (!mail.source) throw new Error('the mailbox gave no source');
  const events = await eventsOf(mail.source, envelopeOf(mail.source, config.IMAP_ENVELOPE_HEADERS), config, await host.clock.now());
  // Its beginning is kept, and a person told where the rest is.
  await context.take(tooLarge ? events.map((event) => (event.kind === 'message' ? { ...event, problem: 'too_large' } : event)) : events);
}
