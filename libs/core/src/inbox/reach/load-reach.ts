import type { Tx } from '../../db/tx.js';
import type { Reach } from './reach.js';

/** The addresses of a creator, oldest first, each with the senders its holder has forbidden. One row, one column `addresses`. */
export const reachableAddressesSql = (creatorId: string): string => `
         select json_agg(json_build_object('channel', p.channel, 'address', p.address, 'optedOutOf', array(
                  select e.sender from consent_entry e
                   where e.workspace_id = p.workspace_id and e.channel = p.channel
                     and e.address_hash = p.address_hash and e.state = 'out'
                )) order by p.created_at, p.id) as addresses
           from contact_point p where p.creator_id = ${creatorId} and p.removed_at is null`;

/**
 * Loads for many messages at once where they may go. Consent is read here, so call it in the transaction that claims:
 * a STOP that arrived after queueing counts.
 */
export function loadReach(tx: Tx, messageIds: readonly string[]): Promise<Reach[]> {
  if (messageIds.length === 0) return Promise.resolve([]);
  return tx.em.execute<Reach[]>(
    `select m.id as "messageId", m.creator_id as "creatorId", w.name as "senderName", m.broadcast_id as "broadcastId", m.purpose, m.automatic, m.kind = 'bulk' as bulk,
            m.preferred_channel as "preferredChannel", t.last_inbound_channel as "lastInboundChannel",
            c.newsletter_opt_in as "newsletterOptIn",
            (c.app_signed_in_at is not null and (c.app_removed_at is null or c.app_removed_at < c.app_signed_in_at)) as "hasApp",
            coalesce(a.addresses, '[]'::json) as addresses
       from message m
       join creator c on c.id = m.creator_id
       join thread t on t.id = m.thread_id
       join workspace w on w.id = m.workspace_id
       left join lateral (${reachableAddressesSql('m.creator_id')}
       ) a on true
      where m.id in (?)`,
    [messageIds],
  );
}
