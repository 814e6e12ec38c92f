import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { mailboxChannel } from './connect-mailbox.js';
import { getMailbox, type MailboxView } from './mailbox-view.js';
import { loadStored, open } from './open-mailbox.js';
import { noteTrouble, settleTrouble } from './trouble.js';

/**
 * Signs in once more with what is kept: what is wrong is shown, what was wrong is settled.
 * @throws DomainError `not_found` for one that is not this member's
 */
export async function checkMailbox(db: Database, scope: Scope, memberId: string, id: string): Promise<MailboxView> {
  const stored = await db.inWorkspace(scope, async (tx) => {
    await getMailbox(tx, id, { memberId });
    return loadStored(tx, id);
  });
  if (!stored) throw new DomainError('not_found', { entity: 'mailbox' });
  const opened = await open(db.services, stored);
  const checked = 'fault' in opened ? { ok: false as const, fault: opened.fault } : await mailboxChannel(db).mailboxes.check(opened.mailbox);
  return db.inWorkspace(scope, async (tx) => {
    if (checked.ok) await settleTrouble(tx, id, ['smtp', 'imap']);
    else await noteTrouble(tx, stored, checked.fault);
    return getMailbox(tx, id);
  });
}

/**
 * Pauses it: what its member writes leaves from the workspace's own sender, and it is not read; or goes on: with what came meanwhile
 * from creators as well.
 * @throws DomainError `not_found` for one that is not this member's
 */
export async function pauseMailbox(tx: Tx, memberId: string, id: string, paused: boolean): Promise<MailboxView> {
  await getMailbox(tx, id, { memberId });
  const changed = await tx.em.execute<{ id: string }[]>(
    `update mailbox set paused_at = ?, updated_at = ?, version = version + 1 where id = ? and disconnected_at is null and (paused_at is null) = ? returning id`,
    [paused ? tx.now : null, tx.now, id, paused],
  );
  if (changed.length > 0) audit(tx, { action: paused ? 'mailbox.paused' : 'mailbox.resumed', entity: 'mailbox', entityId: id });
  await tx.em.flush();
  return getMailbox(tx, id);
}

/**
 * Disconnects it: its passwords are forgotten at once. What left by it and what came in stays in the threads.
 * @param memberId whose it must be; an admin may disconnect anybody's
 * @throws DomainError `not_found`
 */
export async function disconnectMailbox(tx: Tx, id: string, { memberId }: { memberId?: string | undefined } = {}): Promise<void> {
  await getMailbox(tx, id, { memberId });
  await forget(tx, 'id', id);
}

/** Whoever leaves the team takes their mailbox along. */
export const disconnectMailboxOf = (tx: Tx, memberId: string): Promise<void> => forget(tx, 'member_id', memberId);

async function forget(tx: Tx, column: 'id' | 'member_id', value: string): Promise<void> {
  const gone = await tx.em.execute<{ id: string }[]>(
    `update mailbox set disconnected_at = ?, updated_at = ?, version = version + 1, sealed = null, cursor = null,
            settings = '{"smtp": {"host": "", "port": 0, "security": "tls", "user": ""}, "imap": null}'::jsonb
      where ${column} = ? and disconnected_at is null returning id`,
    [tx.now, tx.now, value],
  );
  for (const { id } of gone) {
    await settleTrouble(tx, id, ['smtp', 'imap']);
    audit(tx, { action: 'mailbox.disconnected', entity: 'mailbox', entityId: id });
  }
  await tx.em.flush();
}
