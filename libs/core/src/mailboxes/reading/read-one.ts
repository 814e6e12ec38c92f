import { once } from 'node:events';
import { networkReason, type MailboxFault, type MailboxReading, type ReceiverCursor } from '@sevenfold/plugin-sdk';
import type { Database } from '../../db/database.js';
import type { Scope, Tx } from '../../db/tx.js';
import type { OnInbound } from '../../inbox/inbound/add-inbound.js';
import { openIn, readStored } from '../open-mailbox.js';
import { noteTrouble, settleTrouble } from '../trouble.js';
import { takeMail } from './take-mail.js';
import { isOurs } from './whose-mail.js';

export interface ReadOneParts {
  db: Database;
  onInbound?: OnInbound | undefined;
  /** Hears of every mail that was kept, for counting. */
  onTaken?: ((channel: string, events: number) => void) | undefined;
}

/**
 * Reads one mailbox as its only reader, until `signal`.
 * @throws whatever broke the line; it is noted
 */
export async function readOne(parts: ReadOneParts, scope: Scope, id: string, signal: AbortSignal): Promise<void> {
  const { db } = parts;
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.inWorkspace(scope, work);
  const stored = await readStored(db, scope, id);
  const plugin = stored && db.services.plugins.channel(stored.channel);
  if (!stored || !plugin?.mailboxes) return aborted(signal);
  const note = (fault: MailboxFault): Promise<void> => run((tx) => noteTrouble(tx, stored, fault));
  const opened = await openIn(db.services, stored);
  if ('fault' in opened) {
    await note(opened.fault);
    throw Object.assign(new Error('the mailbox cannot be reached'), { code: opened.fault.detail });
  }
  const own = { channel: stored.channel, address: stored.address };
  const reading: MailboxReading = {
    since: stored.readFrom,
    signal,
    cursor: cursorOf(run, id, stored.version),
    wants: (head) => run((tx) => isOurs(tx, own, head)),
    take: async (events) => {
      await takeMail({ db, scope, plugin, mailbox: stored, onInbound: parts.onInbound }, events);
      parts.onTaken?.(stored.channel, events.length);
    },
    up: () =>
      run(async (tx) => {
        await tx.em.execute('update mailbox set read_at = ? where id = ? and version = ?', [tx.now, id, stored.version]);
        await settleTrouble(tx, id, ['imap']);
      }),
  };
  try {
    const fault = await plugin.mailboxes.read(opened.mailbox, reading);
    if (!fault) return;
    await note(fault);
    // Asking again would only be refused again, and lock its owner out in the end.
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) await note({ server: 'imap', problem: 'unreachable', detail: networkReason(error) });
    throw error;
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** How far it is read. A mailbox that was changed meanwhile has another beginning, which is left alone. */
function cursorOf(run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>, id: string, version: number): MailboxReading['cursor'] {
  return {
    get: () =>
      run(async (tx) => {
        const [row] = await tx.em.execute<{ cursor: ReceiverCursor | null }[]>('select cursor from mailbox where id = ? and version = ?', [id, version]);
        return row?.cursor ?? undefined;
      }),
    set: (value) =>
      run(async (tx) => {
        await tx.em.execute('update mailbox set cursor = ?::jsonb where id = ? and version = ?', [JSON.stringify(value), id, version]);
      }),
  };
}
