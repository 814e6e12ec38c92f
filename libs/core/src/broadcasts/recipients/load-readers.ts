import { hasAppSql } from '../../creators/views.js';
import { reachableAddressesSql } from '../../inbox/reach/load-reach.js';
import type { ReachableAddress } from '../../inbox/reach/reach.js';
import type { Tx } from '../../db/tx.js';

/** Everything a broadcast must know of one recipient: what its texts read, and where it may go. */
export interface Reader {
  id: string;
  name: string;
  locale: string | null;
  timeZone: string | null;
  country: string | null;
  languages: string[];
  profiles: Record<string, { username: string; url: string; followers: number | null }>;
  newsletterOptIn: boolean;
  hasApp: boolean;
  lastInboundChannel: string | null;
  addresses: ReachableAddress[];
}

/** The recipients with these ids, in the order of their ids; those erased meanwhile are left out. */
export function loadReaders(tx: Tx, creatorIds: readonly string[], { profiles }: { profiles: boolean }): Promise<Reader[]> {
  if (creatorIds.length === 0) return Promise.resolve([]);
  return tx.em.execute<Reader[]>(
    `select c.id, c.name, c.locale, c.time_zone as "timeZone", c.country, c.languages, c.newsletter_opt_in as "newsletterOptIn",
            ${hasAppSql} as "hasApp", t.last_inbound_channel as "lastInboundChannel", coalesce(a.addresses, '[]'::json) as addresses,
            ${profiles ? profilesSql : `'{}'::json`} as profiles
       from creator c left join lateral (select t.last_inbound_channel from thread t where t.creator_id = c.id offset 0) t on true
       left join lateral (${reachableAddressesSql('c.id')}) a on true
      where c.id in (?) and c.erased_at is null order by c.id`,
    [creatorIds],
  );
}

const profilesSql = `coalesce((select json_object_agg(s.platform, json_build_object('username', s.username, 'url', s.url, 'followers', s.followers))
   from (select distinct on (s.platform) s.platform, s.username, s.url, s.followers from creator_profile s where s.creator_id = c.id
          order by s.platform, s.followers desc nulls last, s.id) s), '{}'::json)`;
