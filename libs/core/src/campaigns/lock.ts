import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import { Campaign } from './campaign.entity.js';

/**
 * Takes the campaign's row lock, then loads it as it is now.
 * `share`: apply, sign, decline, drop out and whatever else rests on the campaign's state while it acts.
 * `change`: close, start, cancel, expire and every other command. `FOR NO KEY UPDATE`, because the
 * weaker locks let a close slip between; it still lets children reference the row.
 * @throws DomainError `not_found`
 */
export async function lockCampaign(tx: Tx, campaignId: string, mode: 'share' | 'change'): Promise<Campaign> {
  const lock = mode === 'share' ? 'for share' : 'for no key update';
  const [row] = await tx.em.execute<{ id: string }[]>(`select id from campaign where id = ? ${lock}`, [campaignId]);
  if (!row) throw new DomainError('not_found', { entity: 'campaign' });
  // Read after the lock was granted: an entity loaded before may be older than what we waited for.
  return tx.em.findOneOrFail(Campaign, { id: campaignId }, { refresh: true });
}
