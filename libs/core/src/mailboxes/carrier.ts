import { notSent, type ChannelPlugin, type SendOutcome } from '@sevenfold/plugin-sdk';
import type { Database } from '../db/database.js';
import type { Scope, Tx } from '../db/tx.js';
import { openOut, readStored } from './open-mailbox.js';
import { noteTrouble, settleTrouble } from './trouble.js';

/** The own mailbox a message leaves by. */
export interface Carrier {
  id: string;
  version: number;
  /** Answers that come to it are seen, so they need no other address. */
  isRead: boolean;
}

/** What decides whether a message leaves by its author's own mailbox. */
export interface Carried {
  kind: string;
  automatic: boolean;
  broadcastId: string | null;
  authorMemberId: string | null;
}

/** A mailbox that is away is waited for so long, in ms; then the message leaves from the channel's own sender. */
const patienceMs = 30 * 60_000;
/** Afterwards it is tried again once in a while, in ms. */
const tryAgainMs = 10 * 60_000;

/** The mailbox of its author, if that may carry it: what a person writes to one creator, over a channel that has such a thing. */
export async function carrierOf(tx: Tx, channel: string, message: Carried): Promise<Carrier | null> {
  if (message.kind !== 'chat' || message.automatic || message.broadcastId !== null || message.authorMemberId === null) return null;
  if (!tx.services.plugins.channel(channel)?.mailboxes) return null;
  const [row] = await tx.em.execute<Carrier[]>(
    `select id, version, (settings ->> 'imap' is not null and (imap_trouble is null or imap_trouble ->> 'problem' in ('unreachable', 'protocol'))) as "isRead"
       from mailbox
      where member_id = ? and channel = ? and disconnected_at is null and paused_at is null
        and (smtp_trouble is null or (smtp_trouble ->> 'problem' in ('unreachable', 'protocol') and (smtp_trouble ->> 'at')::timestamptz < ?))`,
    [message.authorMemberId, channel, new Date(tx.now.getTime() - tryAgainMs)],
  );
  return row ?? null;
}

/** Sends by this mailbox, as it is at this moment. Never throws for what may happen to a mailbox. */
export function sendBy(db: Database, scope: Scope, channel: string, { id, version }: Carrier): Pick<ChannelPlugin, 'send'> {
  const send: ChannelPlugin['send'] = async (message, context) => {
    const mailboxes = db.services.plugins.channel(channel)?.mailboxes;
    const stored = await readStored(db, scope, id);
    if (!mailboxes || stored?.version !== version) return notSent('the mailbox was changed meanwhile', 0);
    const opened = await openOut(db.services, stored);
    if (!('fault' in opened)) return mailboxes.send(opened.mailbox, message, context);
    const { detail } = opened.fault;
    return { ...notSent(`unreachable: ${detail}`), ...(detail === 'ENOTPUBLIC' && { account: 'unreachable' as const }) };
  };
  return { send };
}

/**
 * What an attempt by an own mailbox means for the mailbox, in the transaction that marks it. When the mailbox is at fault, or has been away
 * for long, its owner is told and the message goes on at once, from the channel's own sender.
 * @param queuedAt when its delivery was queued
 * @returns the outcome to mark
 */
export async function weighOutcome(tx: Tx, carrier: Carrier, outcome: SendOutcome, queuedAt: Date): Promise<SendOutcome> {
  if (outcome.outcome === 'accepted') await settleTrouble(tx, carrier.id, ['smtp']);
  if (outcome.outcome !== 'not_sent' || outcome.retryAfterMs === 0) return outcome;
  const [known] = await tx.em.execute<{ trouble: unknown }[]>('select smtp_trouble as trouble from mailbox where id = ?', [carrier.id]);
  const gaveUp = known?.trouble != null || tx.now.getTime() - queuedAt.getTime() >= patienceMs;
  if (outcome.account === undefined && !gaveUp) return outcome;
  await noteTrouble(tx, carrier, { server: 'smtp', problem: outcome.account ?? 'unreachable', detail: outcome.reason }, { tellNow: true });
  return { ...outcome, retryAfterMs: 0 };
}
