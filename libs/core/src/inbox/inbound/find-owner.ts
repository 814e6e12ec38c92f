import type { InboundStatus } from '@sevenfold/plugin-sdk';
import type { SystemDatabase } from '../../system/system-database.js';

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
}

/**
 * Whose address it is. One person may be a creator of several workspaces that share a sender: the one that wrote to
 * them last comes first, because that is what they answer.
 */
export function findPeople(system: SystemDatabase, channel: string, address: string): Promise<FoundPerson[]> {
  return system.transaction((em) =>
    em.execute<FoundPerson[]>(
      `select p.workspace_id as "workspaceId", p.creator_id as "creatorId", p.address_hash as "addressHash",
              p.removed_at is null as current
         from contact_point p
         left join lateral (
           select max(d.claimed_at) as at from delivery d join message m on m.id = d.message_id
            where d.channel = p.channel and d.address = p.address and m.creator_id = p.creator_id
         ) last on true
        where p.channel = ? and p.address = ?
        order by (p.removed_at is null) desc, last.at desc nulls last, p.created_at desc`,
      [channel, address],
    ),
  );
}
