import type { Json } from '@sevenfold/domain/errors';
import { audit } from '../audit/audit.js';
import type { Tx } from '../db/tx.js';
import type { Campaign } from './campaign.entity.js';

/** Notes a change of the campaign under its lock: a newer version for whoever compares pictures, and who did what. */
export function changed(tx: Tx, campaign: Campaign, action: string, data: Record<string, Json> = {}): void {
  campaign.version += 1;
  campaign.updatedAt = tx.now;
  audit(tx, { action: `campaign.${action}`, entity: 'campaign', entityId: campaign.id, campaignId: campaign.id, data });
}
