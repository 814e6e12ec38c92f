import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';

/**
 * Takes back every agreement of a campaign that is sent and unsigned, even inside its window. Runs under the campaign's
 * lock of the start or the cancelling; those tell the creators in their own words.
 * @param reason a word for the record, such as `campaign-started`
 * @returns how many were open
 */
export async function withdrawOpenAgreements(tx: Tx, campaignId: string, reason: string): Promise<number> {
  await tx.em.flush();
  const rows = await tx.em.execute<{ id: string; creatorId: string }[]>(
    `update agreement set status = 'withdrawn', ended_at = ?, ended_by = ?::jsonb, ended_reason = ?
      where campaign_id = ? and status = 'pending' returning id, creator_id as "creatorId"`,
    [tx.now, JSON.stringify(tx.actor), reason, campaignId],
  );
  for (const { id, creatorId } of rows) {
    audit(tx, {
      action: 'agreement.withdrawn', entity: 'agreement', entityId: id, campaignId,
      data: { from: 'pending', to: 'withdrawn', creatorId, reason },
    });
    await outbox(tx, 'agreement.changed', { agreementId: id });
  }
  return rows.length;
}
