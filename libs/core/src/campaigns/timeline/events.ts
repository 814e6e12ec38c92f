import type { Actor } from '@sevenfold/domain/actors';
import type { Json } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { olderThan, type PageRequest } from '../../paging/index.js';

/** A plain row of the audit log, or a notice in the same shape. */
export interface TimelineEvent {
  id: string;
  created_at: string;
  action: string;
  entity: string;
  entity_id: string | null;
  actor: Actor | null;
  data: Record<string, Json>;
}

/** Notices that have no audit entry of their own: questions the product asks the team. */
const asking = ['choose-replacement', 'mark-interested', 'not-qualified', 'missing-address'];

/** What client reviewers may follow. */
const open = `split_part(action, '.', 1) in ('campaign', 'milestone', 'application', 'story', 'newsletter')`;

/**
 * What happened in a campaign, newest first: the audit log, which has everything that was done, and what the team was
 * asked. One more than the page holds.
 * @param narrow only what client reviewers may follow
 */
export async function findEvents(tx: Tx, campaignId: string, page: PageRequest, narrow: boolean): Promise<TimelineEvent[]> {
  const older = olderThan(page.cursor, 'e');
  return tx.em.execute<TimelineEvent[]>(
    `select e.id, e.created_at, e.action, e.entity, e.entity_id, e.actor, e.data from (
       select id, created_at, action, entity, entity_id, actor, data from audit_entry where campaign_id = ?
       union all
       select id, created_at, 'notice.' || kind, 'notice', ref_id, null, data from notice
        where campaign_id = ? and kind in (select json_array_elements_text(?::json))) e
      where ${older.sql} and ${narrow ? open : 'true'} order by e.created_at desc, e.id desc limit ?`,
    [campaignId, campaignId, JSON.stringify(asking), ...older.params, page.limit + 1],
  );
}
