import { defineEntity, p } from '@mikro-orm/core';
import { instant, localDate, tenantRow } from '../db/columns.js';
import type { Actor } from '@sevenfold/domain/actors';
import { campaignStatuses, type CampaignDraft } from '@sevenfold/domain/campaigns';
import type { Schedule } from '@sevenfold/domain/schedule';

/** A campaign. `status` and `closesAt` are the truth; timers only come back to look at them. */
const CampaignSchema = defineEntity({
  name: 'Campaign',
  tableName: 'campaign',
  properties: {
    ...tenantRow,
    updatedAt: instant(),
    status: p.enum(campaignStatuses).default('draft'),
    clientId: p.uuid().nullable(),
    name: p.text().nullable(),
    startsOn: localDate().nullable(),
    endsOn: localDate().nullable(),
    timeZone: p.text().nullable(),
    /** Everything of the draft that is only read as a whole: brief, requirements, contact, images, questions, terms … */
    details: p.json<Omit<CampaignDraft, 'name' | 'clientId' | 'startsOn' | 'endsOn' | 'timeZone' | 'scheduleId'>>(),
    scheduleId: p.uuid().nullable(),
    /** Grows with every change under the lock, so that a reader knows the newer of two pictures. */
    version: p.integer().default(0),
    /** The schedule as frozen at publication. */
    schedule: p.json<Schedule>().nullable(),
    publishedAt: instant().nullable(),
    publishedBy: p.json<Actor>().nullable(),
    pausedAt: instant().nullable(),
    closesAt: instant().nullable(),
    closedAt: instant().nullable(),
    closedBy: p.json<Actor>().nullable(),
    startedAt: instant().nullable(),
    startedBy: p.json<Actor>().nullable(),
    cancelledAt: instant().nullable(),
    finishedAt: instant().nullable(),
  },
  indexes: [{ properties: ['workspaceId', 'status'] }, { properties: ['workspaceId', 'clientId'] }],
});
export class Campaign extends CampaignSchema.class {}
CampaignSchema.setClass(Campaign);
