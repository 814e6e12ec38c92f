import type { InboundMessage, MailboxHead } from '@sevenfold/plugin-sdk';
import type { Tx } from '../../db/tx.js';
import { findReferredThread } from '../../inbox/inbound/find-referred.js';
import { referencesOf } from '../../inbox/inbound/find-owner.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whose mailbox it is that a mail came to. */
export interface OwnMailbox {
  channel: string;
  address: string;
}

/**
 * Whether a mail in a member's own mailbox is the team's business: a creator of this workspace wrote it, or it directly answers a
 * message of ours. All else is private, and stays where it is.
 */
export async function isOurs(tx: Tx, { channel, address }: OwnMailbox, { from, answers }: MailboxHead): Promise<boolean> {
  if (from.toLowerCase() === address.toLowerCase()) return false;
  if ((await creatorsAt(tx, channel, from)).length > 0) return true;
  return answers !== undefined && (await answered(tx, channel, answers)) !== undefined;
}

/**
 * The creator of this workspace a mail belongs to: who has the sender's address – of several the one whose message it answers, else the
 * one last talked to – else whose message it answers. Undefined when it is nobody's any more.
 */
export async function creatorOf(tx: Tx, { channel }: OwnMailbox, event: InboundMessage, from: string): Promise<string | undefined> {
  const people = await creatorsAt(tx, channel, from);
  if (people.length > 1) {
    const threads = await tx.em.execute<{ id: string; creator_id: string }[]>('select id, creator_id from thread where creator_id in (?)', [people]);
    const referred = await findReferredThread(tx.em, threads.map(({ id }) => id), referencesOf(event));
    const answeredThread = threads.find(({ id }) => id === referred);
    if (answeredThread) return answeredThread.creator_id;
  }
  const [ours] = event.answers ?? [];
  return people[0] ?? (ours === undefined ? undefined : answered(tx, channel, ours));
}

/** Creators with this address, the one last talked to first. */
async function creatorsAt(tx: Tx, channel: string, address: string): Promise<string[]> {
  if (address === '') return [];
  const rows = await tx.em.execute<{ id: string }[]>(
    `select p.creator_id as id, max(t.last_message_at) as last from contact_point p join creator c on c.id = p.creator_id left join thread t on t.creator_id = c.id
      where p.channel = ? and lower(p.address) = lower(?) and p.removed_at is null and c.erased_at is null
      group by p.creator_id order by last desc nulls last, p.creator_id desc`,
    [channel, address],
  );
  return rows.map(({ id }) => id);
}

async function answered(tx: Tx, channel: string, deliveryId: string): Promise<string | undefined> {
  if (!uuid.test(deliveryId)) return undefined;
  const [row] = await tx.em.execute<{ id: string }[]>(
    `select m.creator_id as id from delivery d join message m on m.id = d.message_id join creator c on c.id = m.creator_id
      where d.id = ? and d.channel = ? and c.erased_at is null`,
    [deliveryId, channel],
  );
  return row?.id;
}
