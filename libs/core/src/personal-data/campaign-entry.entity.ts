import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';

/** What a creator entered for one campaign (legal name, postal address), sealed with the creator's own key. */
const CampaignEntrySchema = defineEntity({
  name: 'CampaignEntry',
  tableName: 'campaign_entry',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    sealed: p.blob(),
    updatedAt: instant(),
    /** Set by the start for the group; before, no team-facing path reads this row. */
    openedAt: instant().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'creatorId'] }],
});
export class CampaignEntry extends CampaignEntrySchema.class {}
CampaignEntrySchema.setClass(CampaignEntry);
