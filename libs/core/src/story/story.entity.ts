import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { storyStatuses } from './story-statuses.js';

/** The story of a campaign on the workspace's own account. */
const StorySchema = defineEntity({
  name: 'Story',
  tableName: 'story',
  properties: {
    ...tenantRow,
    campaignId: p.uuid().unique(),
    status: p.enum(storyStatuses).default('waiting'),
    attempts: p.integer().default(0),
    imageBlobId: p.uuid().nullable(),
    generated: p.boolean().default(false),
    containerId: p.text().nullable(),
    providerId: p.text().nullable(),
    reason: p.text().nullable(),
    claimedAt: instant().nullable(),
    postedAt: instant().nullable(),
  },
});
export class Story extends StorySchema.class {}
StorySchema.setClass(Story);
