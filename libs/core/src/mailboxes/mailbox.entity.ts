import { defineEntity, p } from '@mikro-orm/core';
import type { MailboxProblem, MailboxSecurity, ReceiverCursor } from '@sevenfold/plugin-sdk';
import { instant, tenantRow } from '../db/columns.js';

/** A server of a mailbox as its owner told it, without the password. */
export interface ServerSettings {
  host: string;
  port: number;
  security: MailboxSecurity;
  user: string;
}

export interface MailboxSettings {
  smtp: ServerSettings;
  /** Null: it is only sent from. */
  imap: (ServerSettings & { folder: string }) | null;
}

/** What is wrong with one of its servers. */
export interface MailboxTrouble {
  problem: MailboxProblem;
  /** A safe word ('SMTP 535', 'ECONNREFUSED'). */
  detail: string;
  /** Since when, as an ISO instant. */
  since: string;
  /** When it was met last. */
  at: string;
}

/** A member's own mailbox: what they write to one creator leaves from it, and what creators answer there comes into the thread. */
const MailboxSchema = defineEntity({
  name: 'Mailbox',
  tableName: 'mailbox',
  properties: {
    ...tenantRow,
    updatedAt: instant(),
    memberId: p.uuid(),
    channel: p.text(),
    /** Who its mail comes from. */
    address: p.text(),
    name: p.text().nullable(),
    settings: p.json<MailboxSettings>(),
    /** Its passwords, by the workspace's data key; gone when it is disconnected. */
    sealed: p.blob().nullable(),
    /** One more with every change: what an older version learned of it counts no more. */
    version: p.integer().default(1),
    pausedAt: instant().nullable(),
    disconnectedAt: instant().nullable(),
    smtpTrouble: p.json<MailboxTrouble>().nullable(),
    imapTrouble: p.json<MailboxTrouble>().nullable(),
    /** How far it has been read. */
    cursor: p.json<ReceiverCursor>().nullable(),
    /** What came before is never read. */
    readFrom: instant(),
    /** When all there was had been read. */
    readAt: instant().nullable(),
  },
  indexes: [{ properties: ['memberId'] }],
});
export class Mailbox extends MailboxSchema.class {}
MailboxSchema.setClass(Mailbox);
