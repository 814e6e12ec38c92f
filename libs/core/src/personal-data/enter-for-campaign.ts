import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { wrongState } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import { lockCampaign } from '../campaigns/lock.js';
import { iso } from '../db/instants.js';
import type { Tx } from '../db/tx.js';
import { addressPlace, type PostalAddress } from './address.js';
import { copyOpened } from './open-entries.js';
import { sealJson } from './vault.js';

interface EntryRef {
  campaignId: string;
  creatorId: string;
}

/**
 * A creator enters legal name and postal address for a campaign they applied to. Nobody of the team can read it before
 * the start; what the group enters after the start is open at once.
 * @throws DomainError `not_found` without an application, `wrong_state` in a cancelled or finished campaign, or after a start without them
 */
export async function enterForCampaign(tx: Tx, { campaignId, creatorId, address }: EntryRef & { address: PostalAddress }): Promise<void> {
  const campaign = await lockCampaign(tx, campaignId, 'share');
  await assertApplied(tx, { campaignId, creatorId });
  const grouped = campaign.status === 'started' && (await inGroup(tx, { campaignId, creatorId }));
  if (campaign.status !== 'published' && campaign.status !== 'closed' && !grouped) {
    throw wrongState(campaign);
  }
  const sealed = await sealJson(tx, { creatorId }, addressPlace(creatorId), address);
  const [row] = await tx.em.execute<{ id: string }[]>(
    `insert into campaign_entry (id, workspace_id, created_at, campaign_id, creator_id, sealed, updated_at, opened_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (campaign_id, creator_id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at returning id`,
    [newId(), tx.workspaceId, tx.now, campaignId, creatorId, sealed, tx.now, grouped ? tx.now : null],
  );
  if (grouped) await copyOpened(tx, campaignId, [creatorId]);
  if (row) audit(tx, { action: 'personal-data.entered', entity: 'campaign_entry', entityId: row.id, campaignId, data: { creatorId } });
}

/**
 * Whether and when the creator entered something, not what: a personal link is a key that the team can make as well.
 * @returns UTC, ISO 8601; null when nothing was entered
 */
export async function enteredAt(tx: Tx, { campaignId, creatorId }: EntryRef): Promise<string | null> {
  const [row] = await tx.em.execute<{ at: string }[]>(
    'select updated_at as at from campaign_entry where campaign_id = ? and creator_id = ?',
    [campaignId, creatorId],
  );
  return row ? iso(row.at) : null;
}

/** The same for who applied. @throws DomainError `not_found` without an application, as for a campaign that is not there */
export async function ownEntry(tx: Tx, ref: EntryRef): Promise<{ enteredAt: string | null }> {
  await assertApplied(tx, ref);
  return { enteredAt: await enteredAt(tx, ref) };
}

async function assertApplied(tx: Tx, { campaignId, creatorId }: EntryRef): Promise<void> {
  const rows = await tx.em.execute('select 1 from application where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  if (rows.length === 0) throw new DomainError('not_found', { entity: 'application' });
}

async function inGroup(tx: Tx, { campaignId, creatorId }: EntryRef): Promise<boolean> {
  const rows = await tx.em.execute('select 1 from collaboration where campaign_id = ? and creator_id = ?', [campaignId, creatorId]);
  return rows.length > 0;
}
