import type { Tx } from '../../db/tx.js';

/** Questions to the team that only make sense until the start. */
const until = ['choose-replacement', 'mark-interested', 'not-qualified', 'customer-success-request'];

/** Once the group is fixed, or there will be none, nobody can be chosen any more: open replacements lapse, questions end. */
export async function settleQuestions(tx: Tx, campaignId: string): Promise<void> {
  await tx.em.flush();
  await tx.em.execute(`update replacement set status = 'lapsed', resolved_at = ? where campaign_id = ? and status = 'open'`, [tx.now, campaignId]);
  await tx.em.execute(
    `update notice set status = 'done', done_at = ?
      where campaign_id = ? and status = 'open' and kind in (select json_array_elements_text(?::json))`,
    [tx.now, campaignId, JSON.stringify(until)],
  );
}
