import { DomainError } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { destroyKey } from './erasure/destroy-key.js';
import { emptyCampaigns } from './erasure/empty-campaigns.js';
import { emptyConversation, unnameInNotices } from './erasure/empty-conversation.js';
import { erasedName } from './erasure/erased-name.js';
import { closeLedger } from './erasure/ledger.js';
import { forgetAttachments } from '../inbox/attachments/forget-attachments.js';
import { stopForCreator } from '../sequences/stop-runs.js';
import { assertNotRunning } from './erasure/running.js';

/**
 * Erases a creator (docs/adr/0010-erasure.md): their key, addresses, links, profiles, words and name are gone. A nameless row
 * stays where campaigns, counts and signed agreements point to it; of one nothing has happened with, nothing stays.
 * @throws DomainError `not_found`; `conflict` while a campaign runs with them
 */
export async function removeCreator(tx: Tx, creatorId: string): Promise<void> {
  const [row] = await tx.em.execute<{ name: string; used: boolean }[]>(
    `select c.name, exists (select 1 from thread where creator_id = c.id) or exists (select 1 from application where creator_id = c.id)
            or exists (select 1 from invite where creator_id = c.id) or exists (select 1 from creator_address where creator_id = c.id)
            or exists (select 1 from customer_success_request where creator_id = c.id) or exists (select 1 from notice where creator_id = c.id) as used
       from creator c where c.id = ? and c.erased_at is null for update of c`,
    [creatorId],
  );
  if (!row) throw new DomainError('not_found', { entity: 'creator' });
  await assertNotRunning(tx, creatorId);
  await closeLedger(tx, creatorId);
  await stopForCreator(tx, creatorId);
  for (const table of ['contact_point', 'creator_profile', 'creator_link', 'push_subscription', 'creator_presence']) {
    await tx.em.execute(`delete from ${table} where creator_id = ?`, [creatorId]);
  }
  if (row.used) await empty(tx, creatorId, row.name);
  else {
    await tx.em.execute('delete from sequence_run where creator_id = ?', [creatorId]); // has sent nothing: there is no thread
    await tx.em.execute('delete from data_key where creator_id = ?', [creatorId]);
    await tx.em.execute('delete from creator where id = ?', [creatorId]);
  }
  audit(tx, { action: row.used ? 'creator.erased' : 'creator.removed', entity: 'creator', entityId: creatorId });
}

async function empty(tx: Tx, creatorId: string, name: string): Promise<void> {
  await unnameInNotices(tx, creatorId, name);
  await emptyConversation(tx, creatorId);
  await forgetAttachments(tx, creatorId);
  await emptyCampaigns(tx, creatorId);
  await destroyKey(tx, creatorId);
  await tx.em.execute(
    `update creator set name = ?, country = null, birth_date = null, languages = '[]', time_zone = null, locale = null, in_network = false,
            newsletter_opt_in = false, newsletter_refused_at = null, app_signed_in_at = null, app_removed_at = null, erased_at = ?, updated_at = ?
      where id = ?`,
    [erasedName, tx.now, tx.now, creatorId],
  );
}
