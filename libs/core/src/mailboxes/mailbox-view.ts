import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import type { MailboxSettings, MailboxTrouble } from './mailbox.entity.js';

/** A member's own mailbox, without its passwords. Instants are ISO 8601 in UTC. */
export interface MailboxView extends MailboxSettings {
  id: string;
  member: { id: string; name: string };
  channel: string;
  address: string;
  name: string | null;
  /** `trouble`: one of its servers does not do what it should. */
  status: 'connected' | 'paused' | 'trouble';
  smtpTrouble: MailboxTrouble | null;
  imapTrouble: MailboxTrouble | null;
  /** When all there was had been read; null before, and for one that is only sent from. */
  readAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

interface Row {
  id: string;
  member_id: string;
  member_name: string;
  channel: string;
  address: string;
  name: string | null;
  settings: MailboxSettings;
  paused_at: string | null;
  smtp_trouble: MailboxTrouble | null;
  imap_trouble: MailboxTrouble | null;
  read_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

const select = `select b.id, b.member_id, m.name as member_name, b.channel, b.address, b.name, b.settings, b.paused_at, b.smtp_trouble, b.imap_trouble, b.read_at,
  b.version, b.created_at, b.updated_at from mailbox b join member m on m.id = b.member_id where b.disconnected_at is null`;

/** Mailboxes by their members' names; a team has dozens, not thousands. @param memberId only this member's */
export async function listMailboxes(tx: Tx, { memberId }: { memberId?: string | undefined } = {}): Promise<MailboxView[]> {
  const rows = await tx.em.execute<Row[]>(`${select} and (?::uuid is null or b.member_id = ?::uuid) order by lower(m.name), b.id`, [memberId ?? null, memberId ?? null]);
  return rows.map(present);
}

/** @param memberId whose it must be, if not just anybody's @throws DomainError `not_found` */
export async function getMailbox(tx: Tx, id: string, { memberId }: { memberId?: string | undefined } = {}): Promise<MailboxView> {
  const [row] = await tx.em.execute<Row[]>(`${select} and b.id = ?`, [id]);
  if (!row || (memberId !== undefined && row.member_id !== memberId)) throw new DomainError('not_found', { entity: 'mailbox' });
  return present(row);
}

function present(row: Row): MailboxView {
  return {
    id: row.id,
    member: { id: row.member_id, name: row.member_name },
    channel: row.channel,
    address: row.address,
    name: row.name,
    smtp: row.settings.smtp,
    imap: row.settings.imap,
    status: row.paused_at !== null ? 'paused' : row.smtp_trouble !== null || row.imap_trouble !== null ? 'trouble' : 'connected',
    smtpTrouble: row.smtp_trouble,
    imapTrouble: row.imap_trouble,
    readAt: iso(row.read_at),
    version: row.version,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}
