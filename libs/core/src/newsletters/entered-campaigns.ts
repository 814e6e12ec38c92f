import type { CampaignStatus } from '@sevenfold/domain/campaigns';
import type { Schedule } from '@sevenfold/domain/schedule';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';

/** A campaign entered in a newsletter, with what decides whether it may be listed. */
export interface EnteredCampaign {
  entryId: string;
  campaignId: string;
  name: string;
  clientName: string;
  brief: string;
  timeZone: string;
  closesAt: Date;
  open: boolean;
  paused: boolean;
  toleranceMs: number;
  schedule: Schedule;
}

interface Row {
  entry_id: string;
  id: string;
  name: string;
  client_name: string;
  brief: string | null;
  time_zone: string;
  closes_at: string;
  status: CampaignStatus;
  paused_at: string | null;
  tolerance_ms: string | number;
  schedule: Schedule;
}

/** The campaigns of one newsletter in the order of their publication, their rows held so that none closes meanwhile. */
export async function enteredCampaigns(tx: Tx, digestId: string): Promise<EnteredCampaign[]> {
  const rows = await tx.em.execute<Row[]>(
    `select e.id as entry_id, c.id, c.name, k.name as client_name, c.details ->> 'brief' as brief, c.time_zone, c.closes_at, c.status, c.paused_at,
            e.tolerance_ms, c.schedule
       from digest_campaign e join campaign c on c.id = e.campaign_id join client k on k.id = c.client_id
      where e.digest_id = ? order by c.published_at, c.id for share of c`,
    [digestId],
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    campaignId: row.id,
    name: row.name,
    clientName: row.client_name,
    brief: row.brief ?? '',
    timeZone: row.time_zone,
    closesAt: rawInstant(row.closes_at),
    open: row.status === 'published' && (row.paused_at !== null || rawInstant(row.closes_at) > tx.now),
    paused: row.paused_at !== null,
    toleranceMs: Number(row.tolerance_ms),
    schedule: row.schedule,
  }));
}
