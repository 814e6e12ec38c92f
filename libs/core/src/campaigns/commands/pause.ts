import type { Json } from '@sevenfold/domain/errors';
import type { Tx } from '../../db/tx.js';
import { outbox } from '../../engine/outbox.js';
import { tellTeam } from '../../notices/index.js';
import type { Campaign } from '../campaign.entity.js';
import { changed } from '../changed.js';
import { assertPhase } from './assert-phase.js';

/**
 * Stops milestones, automatic messages and the signing windows until the campaign is resumed. Closing, cancelling,
 * rescheduling and creators' answers go on.
 * @throws DomainError `wrong_state`
 */
export async function pause(tx: Tx, campaign: Campaign): Promise<Json> {
  assertPhase('pause', campaign);
  campaign.pausedAt = tx.now;
  changed(tx, campaign, 'paused');
  await haltWindows(tx, campaign.id);
  await tellTeam(tx, {
    kind: 'campaign-paused', campaignId: campaign.id, dedupeKey: `campaign-paused:${campaign.id}:${campaign.version}`, asks: false,
    data: { name: campaign.name ?? '' },
  });
  return { pausedAt: tx.now.toISOString() };
}

/** Who waits for the end of a signing window looks again, and finds the campaign paused. */
async function haltWindows(tx: Tx, campaignId: string): Promise<void> {
  const open = await tx.em.execute<{ id: string }[]>(`select id from agreement where campaign_id = ? and status = 'pending'`, [campaignId]);
  for (const { id } of open) await outbox(tx, 'agreement.changed', { agreementId: id });
}
