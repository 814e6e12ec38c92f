import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { milestoneActions, latenessRules } from '@sevenfold/domain/schedule';
import { milestoneStatuses } from './milestone-statuses.js';

/** One milestone of a published campaign with its instant. */
const CampaignMilestoneSchema = defineEntity({
  name: 'CampaignMilestone',
  tableName: 'campaign_milestone',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    key: p.text(),
    action: p.enum(milestoneActions),
    lateness: p.enum(latenessRules),
    position: p.integer(),
    dueAt: instant(),
    /** Its instant was set during the present pause, and counts with it already. */
    setInPause: p.boolean().default(false),
    status: p.enum(milestoneStatuses).default('pending'),
    doneAt: instant().nullable(),
    note: p.text().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'key'] }],
});
export class CampaignMilestone extends CampaignMilestoneSchema.class {}
CampaignMilestoneSchema.setClass(CampaignMilestone);
