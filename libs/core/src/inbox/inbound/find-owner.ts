import type { ChannelPlugin, InboundMessage, InboundStatus } from '@sevenfold/plugin-sdk';
import type { SystemDatabase } from '../../system/system-database.js';
import type { KeyRing } from '@sevenfold/platform/crypto';
import { openReplyAddress } from '../reply-address/reply-address.js';
import { findReferredThread, type References } from './find-referred.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface FoundDelivery {
  workspaceId: string;
  deliveryId: string;
  messageId: string;
}

/** The delivery a status is about: by our own id where the callback carries it, else by the provider's. */
export function findDelivery(system: SystemDatabase, channel: string, event: InboundStatus): Promise<FoundDelivery | undefined> {
  const columns = 'workspace_id as "workspaceId", id as "deliveryId", message_id as "messageId"';
  return system.transaction(async (em) => {
    if (event.messageId !== undefined && uuid.test(event.messageId)) {
      const [own] = await em.execute<FoundDelivery[]>(`select ${columns} from delivery where id = ? and channel = ?`, [event.messageId, channel]);
      if (own) return own;
    }
    if (event.providerId === undefined) return undefined;
    const [theirs] = await em.execute<FoundDelivery[]>(
      `select ${columns} from delivery where channel = ? and provider_id = ? order by created_at desc limit 1`,
      [channel, event.providerId],
    );
    return theirs;
  });
}

export interface FoundPerson {
  workspaceId: string;
  creatorId: string;
  addressHash: string;
  /** False for an address that was taken away since. */
  current: boolean;
  /** When they were last written to at this address, in ms; null when they never were. */
  writtenAt: number | null;
}

/**
 * Whose address it is. One person may be a creator of several workspaces that share a sender: the one that wrote to
 * them last comes first, because that is what they answer.
 */
export function findPeople(system: SystemDatabase, channel: string, address: string): Promise<FoundPerson[]> {
  return system.transaction((em) =>
    em.execute<FoundPerson[]>(
      `select p.workspace_id as "workspaceId", p.creator_id as "creatorId", p.address_hash as "addressHash",
              p.removed_at is null as current, (extract(epoch from last.at) * 1000)::double precision as "writtenAt"
         from contact_point p
         left join lateral (
           select max(d.claimed_at) as at from delivery d join message m on m.id = d.message_id
            where d.channel = p.channel and d.address = p.address and m.creator_id = p.creator_id
         ) last on true
        where p.channel = ? and lower(p.address) = lower(?)
        order by (p.removed_at is null) desc, last.at desc nulls last, p.address = ? desc, p.created_at desc`,
      [channel, address, address],
    ),
  );
}

/** Whose message it is. */
export interface FoundCreator {
  workspaceId: string;
  creatorId: string;
}

/** Whose message it is, or between whom nobody can tell; nobody's when that is empty. */
export type Ownership = { readonly owner: FoundCreator } | { readonly undecided: readonly FoundPerson[] };

/**
 * Whose message it is: the thread whose signed address received it, whoever wrote; else one of those the sender's address
 * belongs to: the one whose message it answers, or the one written to last. When neither tells them apart a person must.
 * @param from normalised
 */
export async function findCreator(
  system: SystemDatabase,
  keyRing: KeyRing,
  plugin: ChannelPlugin,
  event: InboundMessage,
  from: string,
): Promise<Ownership> {
  const { replyAddress } = plugin.traits;
  const threadId = replyAddress && event.envelopeTo !== undefined ? openReplyAddress(keyRing, replyAddress, event.envelopeTo) : null;
  const signed = threadId === null ? undefined : await creatorOf(system, threadId);
  if (signed) return { owner: signed };
  const people = (await findPeople(system, plugin.channel, from)).filter(({ current }) => current);
  const [first, second] = people;
  if (!first || !second) return first ? { owner: first } : { undecided: [] };
  const referred = await referredAmong(system, people.map(({ creatorId }) => creatorId), referencesOf(event));
  const answered = people.find(({ creatorId }) => creatorId === referred);
  if (answered) return { owner: answered };
  // What was sent to both at one instant (a broadcast) tells them apart no more than nothing at all.
  const toldApart = first.writtenAt !== null && people.every((each) => each === first || each.writtenAt === null || each.writtenAt < (first.writtenAt ?? 0));
  return toldApart ? { owner: first } : { undecided: people };
}

/** What an event names as answered, as {@link References}. */
export const referencesOf = ({ answers = [], references = [] }: InboundMessage): References => ({ ours: answers, theirs: references });

async function creatorOf(system: SystemDatabase, threadId: string): Promise<FoundCreator | undefined> {
  const [row] = await system.transaction((em) =>
    em.execute<FoundCreator[]>(
      `select t.workspace_id as "workspaceId", t.creator_id as "creatorId" from thread t join creator c on c.id = t.creator_id
        where t.id = ? and c.erased_at is null`,
      [threadId],
    ),
  );
  return row;
}

function referredAmong(system: SystemDatabase, creatorIds: readonly string[], references: References): Promise<string | undefined> {
  return system.transaction(async (em) => {
    const threads = await em.execute<{ id: string; creatorId: string }[]>('select id, creator_id as "creatorId" from thread where creator_id in (?)', [creatorIds]);
    const threadId = await findReferredThread(em, threads.map(({ id }) => id), references);
    return threads.find(({ id }) => id === threadId)?.creatorId;
  });
}
