import type { Mailbox, MailboxFault, MailboxReading, PluginHost } from '@sevenfold/plugin-sdk';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { EmailConfig } from '../config.js';
import { envelopeOf } from '../in/envelope-headers.js';
import { eventsOf } from '../in/events-of.js';
import { followMailbox } from '../in/follow-mailbox.js';
import { readBeyond } from '../in/imap-read-new.js';
import { ourIdsIn } from '../in/our-ids.js';
import { idsIn } from '../in/parse-mail.js';
import { normaliseMailAddress } from '../normalise-address.js';
import { imapOf } from './connect.js';
import { faultOf, lasts } from './fault-of.js';

/** Reads what comes to a member's own mailbox: of each mail its head, and no more of it unless it is the team's business. Changes nothing in it. */
export async function readMailbox({ imap }: Pick<Mailbox, 'imap'>, reading: MailboxReading, config: EmailConfig, host: PluginHost): Promise<MailboxFault | undefined> {
  if (!imap) return undefined;
  const { signal, cursor } = reading;
  const client = imapOf(imap, config, Math.max(5 * 60_000, config.IMAP_POLL_MS * 2));
  try {
    await followMailbox(client, {
      folder: imap.folder, pollMs: config.IMAP_POLL_MS, signal,
      readNew: async (uidValidity) => {
        await readBeyond({ client, cursor, uidValidity, signal, where: async () => ({ since: reading.since }), takeOne: (uid, isAnew) => takeOne(client, { uid, isAnew }, reading, config, host) });
        await reading.up();
      },
    });
    return undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    const fault = faultOf('imap', error);
    if (lasts(fault)) return fault;
    throw error;
  }
}

const heads = ['in-reply-to', 'content-type', 'x-failed-recipients', 'return-path'];
const daemon = /^(?:mailer-daemon|postmaster|mail-daemon|mailer_daemon|mdaemon)@/i;

async function takeOne(client: ImapFlow, { uid, isAnew }: { uid: number; isAnew: boolean }, reading: MailboxReading, config: EmailConfig, host: PluginHost): Promise<void> {
  const head = await client.fetchOne(String(uid), { uid: true, envelope: true, internalDate: true, size: true, headers: heads }, { uid: true });
  if (!head || (isAnew && arrived(head) < reading.since.getTime())) return; // removed since, or from before
  const from = fromOf(head);
  // What it answers directly: an answer to what was forwarded to somebody else is not for us.
  const [answers] = ourIdsIn(idsIn(headerOf(head, 'in-reply-to'))[0] ?? '', domainOf(config.MAIL_FROM.address));
  const theirs = await reading.wants({ from, ...(answers !== undefined && { answers }) });
  if (!theirs && !isReport(head, from)) return;
  const tooLarge = (head.size ?? 0) > config.MAIL_IN_MAX_BYTES;
  const mail = await client.fetchOne(String(uid), { uid: true, source: tooLarge ? { maxLength: 200_000 } : true }, { uid: true });
  if (!mail) return;
  if (!mail.source) throw new Error('the mailbox gave no source');
  // Who it was for counts for nothing: whoever owns the server may write what they like.
  const events = await eventsOf(mail.source, { from: envelopeOf(mail.source, []).from, to: [] }, config, await host.clock.now());
  const taken = events.filter(({ kind }) => kind === 'status' || (theirs && kind === 'message'));
  if (taken.length > 0) await reading.take(tooLarge ? taken.map((event) => (event.kind === 'message' ? { ...event, problem: 'too_large' } : event)) : taken);
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function fromOf({ envelope }: FetchMessageObject): string {
  const address = envelope?.from?.[0]?.address ?? '';
  const normalised = normaliseMailAddress(address);
  return normalised.ok ? normalised.address : address;
}

/** A server that does not say when is not believed. */
function arrived({ internalDate }: FetchMessageObject): number {
  return internalDate === undefined ? 0 : new Date(internalDate).getTime();
}

/** What a mail server may have written about a mail of ours. */
function isReport(head: FetchMessageObject, from: string): boolean {
  const says = (name: string, what: RegExp): boolean => what.test(headerOf(head, name));
  return daemon.test(from) || says('content-type', /^multipart\/report/i) || says('x-failed-recipients', /./) || says('return-path', /^<\s*>/);
}

/** The first of that name, on one line; '' without one. */
function headerOf({ headers }: FetchMessageObject, name: string): string {
  const text = headers?.toString('latin1').slice(0, 100_000).replaceAll(/\r?\n[ \t]+/g, ' ') ?? '';
  return new RegExp(`^${name}:(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
}
