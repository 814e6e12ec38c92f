import { newId } from '@sevenfold/platform/ids';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { Tx } from '../db/tx.js';
import { tellTeam } from '../notices/tell-team.js';
import type { Agreement } from './agreement.entity.js';

/** Under which key the question stands, until somebody is chosen or the campaign starts. */
export const replacementNotice = (replacementId: string): string => `choose-replacement:${replacementId}`;

/** Asks the team to choose somebody else; once per agreement. */
export async function askReplacement(
  tx: Tx,
  agreement: Agreement,
  campaign: Campaign,
  reason: 'declined' | 'dropped-out' | 'expired',
): Promise<void> {
  await tx.em.flush();
  const id = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into replacement (id, workspace_id, created_at, campaign_id, agreement_id, reason, status)
     values (?, ?, ?, ?, ?, ?, 'open') on conflict (agreement_id) do nothing returning id`,
    [id, tx.workspaceId, tx.now, campaign.id, agreement.id, reason],
  );
  if (inserted.length === 0) return;
  const [creator] = await tx.em.execute<{ name: string }[]>('select name from creator where id = ?', [agreement.creatorId]);
  await tellTeam(tx, {
    kind: 'choose-replacement', campaignId: campaign.id, creatorId: agreement.creatorId, refId: id,
    dedupeKey: replacementNotice(id), asks: true,
    data: { reason, creator: creator?.name ?? '', name: campaign.name ?? '' },
  });
}
