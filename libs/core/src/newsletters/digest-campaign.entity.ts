import { defineEntity, p } from '@mikro-orm/core';
import { tenantRow } from '../db/columns.js';

/** A campaign entered in a digest; in one at a time. */
const DigestCampaignSchema = defineEntity({
  name: 'DigestCampaign',
  tableName: 'digest_campaign',
  properties: {
    ...tenantRow,
    digestId: p.uuid(),
    campaignId: p.uuid().unique(),
    /** Hours a late digest may still go out, in ms, scaled with the campaign's day. */
    toleranceMs: p.bigint('number'),
  },
  indexes: [{ properties: ['digestId'] }],
});
export class DigestCampaign extends DigestCampaignSchema.class {}
DigestCampaignSchema.setClass(DigestCampaign);
