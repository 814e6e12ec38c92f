import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';

/**
 * While a campaign runs with a creator, they are in it by an agreement that both sides rely on: it ends first.
 * @throws DomainError `conflict` naming the campaigns
 */
export async function assertNotRunning(tx: Tx, creatorId: string): Promise<void> {
  const running = await tx.em.execute<{ id: string }[]>(
    `select m.id from campaign m where
       (m.status in ('published', 'closed') and exists
          (select 1 from agreement g where g.campaign_id = m.id and g.creator_id = ? and g.status in ('pending', 'accepted')))
       or (m.status = 'started' and exists (select 1 from collaboration k where k.campaign_id = m.id and k.creator_id = ?))
     order by m.id`,
    [creatorId, creatorId],
  );
  if (running.length === 0) return;
  throw new DomainError(
    'conflict',
    { reason: 'in_campaign', campaigns: running.map(({ id }) => id) },
    'This creator has an open agreement or a running collaboration. Withdraw it, or finish the campaign, first',
  );
}
