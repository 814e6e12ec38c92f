import { commandNames, milestoneStatuses } from '@sevenfold/core/campaigns';
import { campaignDraftSchema, campaignStatuses } from '@sevenfold/domain/campaigns';
import { milestoneActions, scheduleSchema } from '@sevenfold/domain/schedule';
import { z } from 'zod';
import { instant } from '../http/fields.js';
import { pageQuery } from '../http/page-query.js';

export const actor = z
  .object({
    kind: z.enum(['member', 'creator', 'system']),
    id: z.uuid().nullable(),
    name: z.string(),
    via: z.string().meta({ description: 'Through which door: api, slack, link, engine …' }),
  })
  .meta({ id: 'NamedActor', description: 'Who did it' });

const milestone = z
  .object({
    key: z.string(),
    action: z.enum(milestoneActions),
    dueAt: instant,
    status: z.enum(milestoneStatuses),
    doneAt: instant.nullable(),
    note: z.string().nullable().meta({ description: 'Why it was dropped' }),
  })
  .meta({ id: 'CampaignMilestone' });

const { scheduleId: _scheduleId, ...draftFields } = campaignDraftSchema.shape;

export const campaignSchema = z
  .object({
    ...draftFields,
    id: z.uuid(),
    status: z.enum(campaignStatuses),
    paused: z.boolean(),
    version: z.int(),
    scheduleId: z.uuid().nullable(),
    createdAt: instant,
    updatedAt: instant,
    publishedAt: instant.nullable(),
    publishedBy: actor.nullable(),
    pausedAt: instant.nullable(),
    closesAt: instant.nullable(),
    closedAt: instant.nullable(),
    closedBy: actor.nullable(),
    startedAt: instant.nullable(),
    startedBy: actor.nullable(),
    cancelledAt: instant.nullable(),
    finishedAt: instant.nullable(),
    schedule: scheduleSchema.nullable().meta({ description: 'As frozen at publication, or as rescheduled since' }),
    milestones: z.array(milestone),
    allowed: z.array(z.enum(commandNames)).meta({ description: 'The commands that fit its state now' }),
    missing: z.array(z.object({ path: z.string(), message: z.string() })).meta({ description: 'What a draft still lacks for publication' }),
  })
  .meta({ id: 'Campaign' });

export const campaignLineSchema = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    clientId: z.uuid().nullable(),
    status: z.enum(campaignStatuses),
    paused: z.boolean(),
    startsOn: z.iso.date().nullable(),
    endsOn: z.iso.date().nullable(),
    timeZone: z.string().nullable(),
    createdAt: instant,
    publishedAt: instant.nullable(),
    closesAt: instant.nullable(),
    next: z.object({ key: z.string(), action: z.enum(milestoneActions), at: instant }).nullable(),
  })
  .meta({ id: 'CampaignLine', description: 'A campaign in a list' });

export const campaignQuery = pageQuery.extend({ status: z.enum(campaignStatuses).optional(), clientId: z.uuid().optional() });
export type CampaignQuery = z.infer<typeof campaignQuery>;

export const startPreviewSchema = z
  .object({
    group: z.array(z.object({ creatorId: z.uuid(), name: z.string(), signedAt: instant.nullable() })),
    openAgreements: z.int().meta({ description: 'Sent and unsigned: they would be withdrawn' }),
    others: z.int().meta({ description: 'Applicants who would hear that it did not work out' }),
    refusal: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable()
      .meta({ description: 'Why the start would be refused now' }),
  })
  .meta({ id: 'StartPreview' });

const zoned = z
  .object({
    at: instant,
    local: z.string().meta({ description: 'The same instant on the zone’s clocks, with its offset' }),
    timeZone: z.string(),
  })
  .meta({ id: 'ZonedInstant' });

const timelineEntry = z
  .object({
    id: z.uuid(),
    when: zoned,
    action: z.string().meta({ description: 'noun.verb, as in the audit log' }),
    title: z.string(),
    by: actor.nullable(),
    entity: z.string(),
    entityId: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });

export const timelineSchema = z
  .object({
    timeZone: z.string(),
    paused: z.boolean(),
    next: z.array(z.object({ key: z.string(), action: z.enum(milestoneActions), title: z.string(), when: zoned }))
      .meta({ description: 'What is still to come, earliest first' }),
    data: z.array(timelineEntry).meta({ description: 'What happened, newest first' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'CampaignTimeline' });

/** Commands that carry nothing. */
export const nothingSchema = z.strictObject({}).meta({ id: 'Nothing' });
