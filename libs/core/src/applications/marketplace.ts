import type { CampaignDraft, CampaignStatus } from '@sevenfold/domain/campaigns';
import { DomainError } from '@sevenfold/domain/errors';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { readInstantCursor, toPage, type Page, type PageRequest } from '../paging/page.js';

/** A campaign as creators see it on the marketplace. Instants are UTC, ISO 8601. */
export interface MarketplaceCampaign {
  id: string;
  name: string;
  client: string;
  brief: string;
  startsOn: string;
  endsOn: string;
  publishedAt: string;
  closesAt: string;
  timeZone: string;
  status: CampaignStatus;
  /** Whether one can apply now. */
  open: boolean;
  requirements: NonNullable<CampaignDraft['requirements']>;
  questions: NonNullable<CampaignDraft['questions']>;
  hashtags: string[];
  contact: CampaignDraft['contact'] | null;
  applied: boolean;
}

interface Row {
  id: string;
  name: string;
  client: string;
  startsOn: string;
  endsOn: string;
  publishedAt: string;
  closesAt: string;
  timeZone: string;
  status: CampaignStatus;
  open: boolean;
  details: CampaignDraft;
  applied: boolean;
}

const select = `
  select m.id, m.name, c.name as client, m.starts_on::text as "startsOn", m.ends_on::text as "endsOn", m.published_at as "publishedAt",
         m.closes_at as "closesAt", m.time_zone as "timeZone", m.status, m.details,
         m.status = 'published' and coalesce(m.paused_at, ?::timestamptz) < m.closes_at as open,
         exists (select 1 from application a where a.campaign_id = m.id and a.creator_id = ?) as applied
    from campaign m join client c on c.id = m.client_id`;

/** The open campaigns, newest first. */
export async function marketplace(tx: Tx, creatorId: string, page: PageRequest): Promise<Page<MarketplaceCampaign>> {
  const after = readInstantCursor(page.cursor);
  const rows = await tx.em.execute<Row[]>(
    `${select} where m.status = 'published' and coalesce(m.paused_at, ?::timestamptz) < m.closes_at
       ${after ? 'and (m.published_at, m.id) < (?::timestamptz, ?::uuid)' : ''} order by m.published_at desc, m.id desc limit ?`,
    [tx.now, creatorId, tx.now, ...(after ? [after.key, after.id] : []), page.limit + 1],
  );
  return toPage(rows, page.limit, (row) => ({ key: iso(row.publishedAt), id: row.id }), present);
}

/** One campaign that is or was published. @throws DomainError `not_found`, also for drafts */
export async function marketplaceCampaign(tx: Tx, creatorId: string, campaignId: string): Promise<MarketplaceCampaign> {
  const [row] = await tx.em.execute<Row[]>(`${select} where m.id = ? and m.published_at is not null`, [tx.now, creatorId, campaignId]);
  if (!row) throw new DomainError('not_found', { entity: 'campaign' });
  return present(row);
}

function present({ details, ...row }: Row): MarketplaceCampaign {
  return {
    ...row,
    publishedAt: iso(row.publishedAt),
    closesAt: iso(row.closesAt),
    brief: details.brief ?? '',
    requirements: details.requirements ?? {},
    questions: details.questions ?? [],
    hashtags: details.hashtags ?? [],
    contact: details.contact ?? null,
  };
}
