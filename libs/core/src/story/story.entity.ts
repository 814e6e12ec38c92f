import { defineEntity, p } from '@mikro-orm/core';
import { instant, tenantRow } from '../db/columns.js';
import { storyStatuses } from './story-statuses.js';

/** One image of a campaign's story on the workspace's own account. A campaign that allows three images has three. */
const StorySchema = defineEntity({
  name: 'Story',
  tableName: 'story',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    position: p.integer(),
    status: p.enum(storyStatuses).default('waiting'),
    attempts: p.integer().default(0),
    /** Null until the card is generated; an image of the campaign otherwise. */
    imageBlobId: p.uuid().nullable(),
    generated: p.boolean().default(false),
    /** Who holds the claim: only they may take the step that cannot be taken back. */
    claim: p.uuid().nullable(),
    /** When the latest attempt began, on the machine's clock: platforms stamp in real time. */
    attemptedAt: instant().nullable(),
    /** What the plugin said to remember before the irreversible step. Present: it may have happened. */
    evidence: p.json<Record<string, string>>().nullable(),
    providerId: p.text().nullable(),
    reason: p.text().nullable(),
    postedAt: instant().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'position'] }],
});
export class Story extends StorySchema.class {}
StorySchema.setClass(Story);
