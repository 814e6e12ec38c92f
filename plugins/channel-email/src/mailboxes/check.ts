import type { Mailbox, MailboxCheck, MailboxServer, ReceiverCursor } from '@sevenfold/plugin-sdk';
import type { EmailConfig } from '../config.js';
import { newestUid } from '../in/imap-read-new.js';
import { openFolder } from '../in/open-folder.js';
import { imapOf, smtpOf } from './connect.js';
import { faultOf } from './fault-of.js';

/** Longer than each of its steps may take; a server that drips is given up, in ms. */
const longestMs = 25_000;

/** Signs in to both servers and opens the folder. Sends nothing, reads nothing, changes nothing. */
export async function checkMailbox({ smtp, imap }: Mailbox, config: EmailConfig): Promise<MailboxCheck> {
  const transport = smtpOf(smtp, config);
  try {
    await transport.verify();
  } catch (error) {
    return { ok: false, fault: faultOf('smtp', error) };
  } finally {
    transport.close();
  }
  if (!imap) return { ok: true, cursor: null };
  try {
    return { ok: true, cursor: await endOf(imap, config) };
  } catch (error) {
    return { ok: false, fault: faultOf('imap', error) };
  }
}

async function endOf(server: MailboxServer & { folder: string }, config: EmailConfig): Promise<ReceiverCursor> {
  const client = imapOf(server, config, longestMs);
  client.on('error', () => undefined); // told by the call that broke off
  const timer = setTimeout(() => client.close(), longestMs);
  try {
    await client.connect();
    const { uidValidity, uidNext } = await openFolder(client, server.folder);
    // Not every server says UIDNEXT. Without an end everything there is would be taken for new.
    return { uidValidity: String(uidValidity), uid: Number.isInteger(uidNext) ? uidNext - 1 : await newestUid(client) };
  } finally {
    clearTimeout(timer);
    client.close();
  }
}
