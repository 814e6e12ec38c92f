import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';

/**
 * Removes a creator nothing has happened with yet. Whoever was in a campaign or was written to stays.
 * @throws DomainError `not_found`; `conflict` when there is a thread, an application, an invite or an address
 */
export async function removeCreator(tx: Tx, creatorId: string): Promise<void> {
  const [row] = await tx.em.execute<{ used: boolean }[]>(
    `select exists (select 1 from thread where creator_id = c.id) or exists (select 1 from application where creator_id = c.id)
            or exists (select 1 from invite where creator_id = c.id) or exists (select 1 from creator_address where creator_id = c.id)
            or exists (select 1 from customer_success_request where creator_id = c.id) as used
       from creator c where c.id = ? for update of c`,
    [creatorId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'creator' });
  if (row.used) throw new DomainError('conflict', { reason: 'in_use' }, 'This creator has messages, applications or addresses, and stays on record');
  for (const table of ['contact_point', 'creator_profile', 'creator_link', 'data_key']) {
    await tx.em.execute(`delete from ${table} where creator_id = ?`, [creatorId]);
  }
  await tx.em.execute('delete from creator where id = ?', [creatorId]);
  audit(tx, { action: 'creator.removed', entity: 'creator', entityId: creatorId });
}
