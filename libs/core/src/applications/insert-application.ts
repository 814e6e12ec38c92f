import { DomainError } from '@sevenfold/domain/errors';
import type { Actor } from '@sevenfold/domain/actors';
import type { ApplicationSource } from '@sevenfold/domain/applications';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import { stopOnApplication } from '../sequences/stop-runs.js';

export interface NewApplication {
  campaignId: string;
  creatorId: string;
  source: ApplicationSource;
  motivation?: string | null;
  price?: { amountMinor: number; currency: string } | null;
  answers?: Record<string, string>;
  profileIds: string[];
  byHand?: { reason: string; by: Actor };
}

/**
 * Writes a pending application, once per campaign and creator, with its audit entry.
 * @throws DomainError `already_applied`
 */
export async function insertApplication(tx: Tx, input: NewApplication): Promise<string> {
  await tx.em.flush();
  const id = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into application (id, workspace_id, created_at, campaign_id, creator_id, status, source, by_hand_reason, by_hand_by,
       motivation, price_minor, currency, answers, profile_ids)
     values (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (campaign_id, creator_id) do nothing returning id`,
    [
      id, tx.workspaceId, tx.now, input.campaignId, input.creatorId, input.source, input.byHand?.reason ?? null,
      input.byHand ? JSON.stringify(input.byHand.by) : null, input.motivation ?? null, input.price?.amountMinor ?? null,
      input.price?.currency ?? null, JSON.stringify(input.answers ?? {}), JSON.stringify(input.profileIds),
    ],
  );
  if (inserted.length === 0) throw new DomainError('already_applied');
  await stopOnApplication(tx, input.creatorId, input.campaignId);
  audit(tx, {
    action: 'application.created', entity: 'application', entityId: id, campaignId: input.campaignId,
    // The reason stands with the application: free text about a person doesn't belong in what is never changed.
    data: { creatorId: input.creatorId, source: input.source },
  });
  return id;
}
