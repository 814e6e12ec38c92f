import { networkReason, type Mailbox, type MailboxFault, type MailboxServer } from '@sevenfold/plugin-sdk';
import { reachableAddress } from '@sevenfold/platform/public-address';
import type { Database } from '../db/database.js';
import type { Scope, Services, Tx } from '../db/tx.js';
import { openJson, sealJson } from '../personal-data/vault.js';
import type { MailboxSettings, ServerSettings } from './mailbox.entity.js';

/** What is sealed of a mailbox. */
export interface MailboxSecrets {
  smtp: string;
  imap: string | null;
}

/** A mailbox as it is stored, its passwords in the clear: for the length of a call. */
export interface StoredMailbox extends MailboxSettings {
  id: string;
  version: number;
  channel: string;
  address: string;
  name: string | null;
  readFrom: Date;
  secrets: MailboxSecrets;
}

/** What was sealed for one mailbox opens in no other. */
const place = (id: string): string => `mailbox:${id}`;

export const sealSecrets = (tx: Tx, id: string, secrets: MailboxSecrets): Promise<Buffer> => sealJson(tx, 'workspace', place(id), secrets);

/** One that is connected; undefined when it was disconnected meanwhile. */
export async function loadStored(tx: Tx, id: string): Promise<StoredMailbox | undefined> {
  const [row] = await tx.em.execute<{ version: number; channel: string; address: string; name: string | null; settings: MailboxSettings; sealed: Buffer; read_from: string }[]>(
    'select version, channel, address, name, settings, sealed, read_from from mailbox where id = ? and disconnected_at is null and sealed is not null',
    [id],
  );
  if (!row) return undefined;
  const { settings, sealed, read_from: readFrom, ...rest } = row;
  return { id, ...rest, ...settings, readFrom: new Date(readFrom), secrets: await openJson<MailboxSecrets>(tx, 'workspace', place(id), sealed) };
}

/** Reads it in a transaction of its own, which is over before anything is connected to. */
export const readStored = (db: Database, scope: Scope, id: string): Promise<StoredMailbox | undefined> => db.inWorkspace(scope, (tx) => loadStored(tx, id));

/** One server as the plugin connects to it: looked up now, and only where it may lead. */
async function reach(services: Services, server: 'smtp' | 'imap', settings: ServerSettings, password: string): Promise<{ at: MailboxServer } | { fault: MailboxFault }> {
  const { host, port, security, user } = settings;
  try {
    return { at: { host, port, security, user, password, ip: await reachableAddress(host, services.mailboxPrivateHosts) } };
  } catch (error) {
    return { fault: { server, problem: 'unreachable', detail: networkReason(error) } };
  }
}

type Openable = Pick<StoredMailbox, 'address' | 'name' | 'smtp' | 'imap' | 'secrets'>;

/** The mailbox as it is sent from. */
export async function openOut(services: Services, { address, name, smtp, secrets }: Openable): Promise<{ mailbox: Mailbox } | { fault: MailboxFault }> {
  const out = await reach(services, 'smtp', smtp, secrets.smtp);
  return 'fault' in out ? out : { mailbox: { address, smtp: out.at, ...(name !== null && { name }) } };
}

/** The mailbox as it is read. */
export async function openIn(services: Services, { address, imap, secrets }: Openable): Promise<{ mailbox: Pick<Mailbox, 'address' | 'imap'> } | { fault: MailboxFault }> {
  if (imap === null) return { mailbox: { address } };
  const inbox = await reach(services, 'imap', imap, secrets.imap ?? secrets.smtp);
  return 'fault' in inbox ? inbox : { mailbox: { address, imap: { ...inbox.at, folder: imap.folder } } };
}

/** The mailbox with both its servers. */
export async function open(services: Services, stored: Openable): Promise<{ mailbox: Mailbox } | { fault: MailboxFault }> {
  const out = await openOut(services, stored);
  if ('fault' in out) return out;
  const inbox = await openIn(services, stored);
  return 'fault' in inbox ? inbox : { mailbox: { ...out.mailbox, ...inbox.mailbox } };
}
