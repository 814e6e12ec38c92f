import { findCampaign } from '../campaigns/get-campaign.js';
import { likePattern } from '../db/like.js';
import type { Tx } from '../db/tx.js';
import { readCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import { requireOutreach } from './subscription.js';

export interface NetworkFilter {
  campaignId: string;
  platform?: string;
  /** On `platform`, or on any. */
  minFollowers?: number;
  country?: string;
  language?: string;
  /** Part of the name or of a username. */
  name?: string;
}

/** A creator of the network and how they stand to the campaign. */
export interface NetworkCreator {
  id: string;
  name: string;
  country: string | null;
  languages: string[];
  profiles: { platform: string; username: string; url: string; followers: number | null }[];
  invited: 'sent' | 'interested' | 'not-qualified' | null;
  applied: boolean;
}

/**
 * Searches the network for a campaign, by name.
 * @throws DomainError `subscription_required`, `not_found`
 */
export async function searchNetwork(tx: Tx, filter: NetworkFilter, page: PageRequest): Promise<Page<NetworkCreator>> {
  await requireOutreach(tx);
  await findCampaign(tx, filter.campaignId);
  const after = readCursor(page.cursor);
  const conditions = ['c.in_network'];
  const values: unknown[] = [];
  const require = (sql: string, ...given: unknown[]) => {
    conditions.push(sql);
    values.push(...given);
  };
  if (filter.platform !== undefined || filter.minFollowers !== undefined) {
    require(
      `exists (select 1 from creator_profile p where p.creator_id = c.id and (?::text is null or p.platform = ?) and (?::int is null or p.followers >= ?))`,
      filter.platform ?? null, filter.platform ?? null, filter.minFollowers ?? null, filter.minFollowers ?? null,
    );
  }
  if (filter.country !== undefined) require('c.country = ?', filter.country);
  if (filter.language !== undefined) require('c.languages @> to_jsonb(?::text)', filter.language);
  if (filter.name !== undefined) {
    const like = likePattern(filter.name);
    require('(c.name ilike ? or exists (select 1 from creator_profile p where p.creator_id = c.id and p.username ilike ?))', like, like);
  }
  if (after) require('(c.name, c.id) > (?, ?::uuid)', after.key, after.id);
  const rows = await tx.em.execute<NetworkCreator[]>(
    `select c.id, c.name, c.country, c.languages, i.status as invited,
            exists (select 1 from application a where a.campaign_id = ? and a.creator_id = c.id) as applied,
            coalesce((select json_agg(json_build_object('platform', p.platform, 'username', p.username, 'url', p.url, 'followers', p.followers)
                        order by p.platform, p.username) from creator_profile p where p.creator_id = c.id), '[]') as profiles
       from creator c left join invite i on i.campaign_id = ? and i.creator_id = c.id
      where ${conditions.join(' and ')} order by c.name, c.id limit ?`,
    [filter.campaignId, filter.campaignId, ...values, page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: row.name, id: row.id }), (row) => row);
}
