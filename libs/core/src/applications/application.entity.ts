import { defineEntity, p } from '@mikro-orm/core';
import { instant, minorUnits, tenantRow } from '../db/columns.js';
import { applicationSources, applicationStatuses } from '@sevenfold/domain/applications';
import type { Actor } from '@sevenfold/domain/actors';

/** A creator's application to a campaign. */
const ApplicationSchema = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    ...tenantRow,
    campaignId: p.uuid(),
    creatorId: p.uuid(),
    status: p.enum(applicationStatuses).default('pending'),
    source: p.enum(applicationSources),
    /** Why the rules were passed, and by whom, for an addition by hand. */
    byHandReason: p.text().nullable(),
    byHandBy: p.json<Actor>().nullable(),
    motivation: p.text().nullable(),
    priceMinor: minorUnits().nullable(),
    currency: p.text().nullable(),
    answers: p.json<Record<string, string>>(),
    profileIds: p.json<string[]>(),
    movedAt: instant().nullable(),
    movedBy: p.json<Actor>().nullable(),
  },
  uniques: [{ properties: ['campaignId', 'creatorId'] }],
  indexes: [{ properties: ['campaignId', 'status'] }, { properties: ['creatorId'] }],
});
export class Application extends ApplicationSchema.class {}
ApplicationSchema.setClass(Application);
