import { DomainError } from '@sevenfold/domain/errors';
import { may } from '@sevenfold/domain/roles';
import { newId } from '@sevenfold/platform/ids';
import type { ChannelPlugin, MailboxCheck, Mailboxes, ReceiverCursor } from '@sevenfold/plugin-sdk';
import { audit } from '../audit/audit.js';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { loadMember } from '../team/load-member.js';
import { fieldOf, problemsOf, type MailboxInput } from './mailbox-fields.js';
import { getMailbox, type MailboxView } from './mailbox-view.js';
import { loadStored, open, sealSecrets, type MailboxSecrets, type StoredMailbox } from './open-mailbox.js';
import { settleTrouble } from './trouble.js';

/** The channel whose messages may leave by members' own mailboxes. @throws DomainError `wrong_state` when no channel has that */
export function mailboxChannel({ services }: Pick<Tx, 'services'>): { plugin: ChannelPlugin; mailboxes: Mailboxes } {
  for (const plugin of services.plugins.channels) {
    if (plugin.mailboxes) return { plugin, mailboxes: plugin.mailboxes };
  }
  throw new DomainError('wrong_state', { entity: 'mailbox' }, 'No channel of this installation has mailboxes of members');
}

interface Prepared {
  input: MailboxInput;
  secrets: MailboxSecrets;
  before: StoredMailbox | undefined;
}

/**
 * Connects a member's own mailbox, or changes it: signs in to both servers first, and keeps nothing that does not work. Only what
 * arrives from now on is read, also in another folder or at another server.
 * @throws DomainError `invalid_fields` naming what is wrong; `conflict` when it changed meanwhile
 */
export async function connectMailbox(db: Database, scope: Scope, memberId: string, input: MailboxInput): Promise<MailboxView> {
  const prepared = await db.inWorkspace(scope, (tx) => prepare(tx, memberId, input));
  const { mailboxes } = mailboxChannel(db);
  const opened = await open(db.services, { ...prepared.input, secrets: prepared.secrets });
  const checked: MailboxCheck = 'fault' in opened ? { ok: false, fault: opened.fault } : await mailboxes.check(opened.mailbox);
  if (!checked.ok) throw new DomainError('invalid_fields', { fields: [fieldOf(checked.fault)] });
  return db.inWorkspace(scope, (tx) => keep(tx, memberId, prepared, checked.cursor));
}

async function prepare(tx: Tx, memberId: string, input: MailboxInput): Promise<Prepared> {
  const { plugin } = mailboxChannel(tx);
  const before = await ownOf(tx, memberId);
  const normalised = plugin.normalise(input.address);
  const fields = problemsOf(input, { privateHosts: tx.services.mailboxPrivateHosts ?? [], answersElsewhere: plugin.traits.replyAddress !== undefined });
  if (!normalised.ok) fields.push({ path: 'address', message: `Use an address; this is ${normalised.reason}` });
  const address = normalised.ok ? normalised.address : input.address;
  if (await isTaken(tx, plugin.channel, address, memberId)) fields.push(taken);
  const smtp = input.smtp.password ?? keptPassword(input, before, 'smtp');
  const imap = input.imap === null ? null : (input.imap.password ?? keptPassword(input, before, 'imap') ?? (input.imap.user === input.smtp.user ? smtp : undefined));
  if (smtp === undefined) fields.push({ path: 'smtp.password', message: 'Give the password; it is kept only while server and user stay the same' });
  if (imap === undefined) fields.push({ path: 'imap.password', message: 'Give the password; it is kept only while server and user stay the same' });
  if (fields.length > 0 || smtp === undefined || imap === undefined) throw new DomainError('invalid_fields', { fields });
  return { input: { ...input, address }, secrets: { smtp, imap }, before };
}

const taken = { path: 'address', message: 'Somebody else of the team has connected this mailbox' };

async function isTaken(tx: Tx, channel: string, address: string, memberId: string): Promise<boolean> {
  const rows = await tx.em.execute<{ id: string }[]>(
    'select id from mailbox where channel = ? and lower(address) = lower(?) and member_id <> ? and disconnected_at is null',
    [channel, address, memberId],
  );
  return rows.length > 0;
}

/** A password goes to the server it was given for, and to no other. */
function keptPassword(input: MailboxInput, before: StoredMailbox | undefined, server: 'smtp' | 'imap'): string | undefined {
  const [now, then] = [input[server], before?.[server]];
  const same = now && then && now.host.toLowerCase() === then.host.toLowerCase() && now.port === then.port && now.user === then.user && now.security === then.security;
  return same ? (before?.secrets[server] ?? undefined) : undefined;
}

async function keep(tx: Tx, memberId: string, { input, secrets, before }: Prepared, cursor: ReceiverCursor | null): Promise<MailboxView> {
  const { role } = await loadMember(tx, memberId); // locked: who is taken out of the team at this moment connects nothing, nor who becomes a reviewer
  if (!may(role, 'mailbox.write')) throw new DomainError('forbidden');
  const { channel } = mailboxChannel(tx).plugin;
  // Two members at once: the second waits here and sees the first's.
  await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 7008))', [`${tx.workspaceId}:${channel}:${input.address.toLowerCase()}`]);
  if (await isTaken(tx, channel, input.address, memberId)) throw new DomainError('invalid_fields', { fields: [taken] });
  const id = before?.id ?? newId();
  const settings = JSON.stringify({ smtp: without(input.smtp), imap: input.imap && without(input.imap) });
  const sealed = await sealSecrets(tx, id, secrets);
  const goesOn = before !== undefined && sameInbox(before, input);
  const written = before
    ? await tx.em.execute<{ id: string }[]>(
        `update mailbox set updated_at = ?, address = ?, name = ?, settings = ?::jsonb, sealed = ?, version = version + 1,
                cursor = ${goesOn ? 'cursor' : '?::jsonb'}, read_from = ${goesOn ? 'read_from' : '?'}, read_at = ${goesOn ? 'read_at' : 'null'}
          where id = ? and version = ? and disconnected_at is null returning id`,
        [tx.now, input.address, input.name, settings, sealed, ...(goesOn ? [] : [JSON.stringify(cursor), tx.now]), id, before.version],
      )
    : await tx.em.execute<{ id: string }[]>(
        `insert into mailbox (id, workspace_id, created_at, updated_at, member_id, channel, address, name, settings, sealed, cursor, read_from)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?) on conflict do nothing returning id`,
        [id, tx.workspaceId, tx.now, tx.now, memberId, channel, input.address, input.name, settings, sealed, JSON.stringify(cursor), tx.now],
      );
  if (written.length === 0) throw new DomainError('conflict', { entity: 'mailbox' }, 'The mailbox was connected or changed at this very moment; look at it, and try again');
  await settleTrouble(tx, id, ['smtp', 'imap']);
  audit(tx, { action: before ? 'mailbox.changed' : 'mailbox.connected', entity: 'mailbox', entityId: id, data: { memberId, reads: input.imap !== null } });
  await tx.em.flush();
  return getMailbox(tx, id);
}

async function ownOf(tx: Tx, memberId: string): Promise<StoredMailbox | undefined> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from mailbox where member_id = ? and disconnected_at is null', [memberId]);
  return row && loadStored(tx, row.id);
}

function without<T extends { password?: string | undefined }>({ password: _, ...rest }: T): Omit<T, 'password'> {
  return rest;
}

/** Whether it is the same folder of the same mailbox, which is then read on from where it was. */
function sameInbox({ imap: before }: StoredMailbox, { imap: now }: MailboxInput): boolean {
  return before !== null && now !== null && before.host.toLowerCase() === now.host.toLowerCase() && before.user === now.user && before.folder === now.folder;
}
