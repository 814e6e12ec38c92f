import { agreementStatuses } from '@sevenfold/domain/agreements';
import { applicationStatuses } from '@sevenfold/domain/applications';
import { z } from 'zod';
import { whereCreators } from '../../creators/list-creators.js';
import { idsIn } from '../../db/ids-in.js';
import type { Condition } from '../../paging/index.js';
import { inboxSchema, selectFromInbox } from './inbox-selection.js';

/** A broadcast to named creators names this many at most; more are chosen by a filter. */
export const mostNamed = 20_000;

const filter = z.strictObject({
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the name or of a username' }),
  inNetwork: z.boolean().optional(),
  newsletterOptIn: z.boolean().optional(),
  hasApp: z.boolean().optional(),
  platform: z.string().max(40).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'Use an ISO 3166 code such as NL').optional(),
});

const ofCampaign = z
  .strictObject({
    campaignId: z.uuid(),
    applications: z.array(z.enum(applicationStatuses)).min(1).optional().meta({ description: 'Whose application has one of these statuses' }),
    agreements: z.array(z.enum(agreementStatuses)).min(1).optional().meta({ description: 'Whose latest agreement has one of these statuses' }),
    group: z.boolean().optional().meta({ description: 'Who is in the group of a started campaign, or who is not' }),
  })
  .refine((value) => value.applications !== undefined || value.agreements !== undefined || value.group !== undefined, 'Say which of them: applications, agreements or group');

/** Whom a broadcast is for: one of the four. */
export const selectionSchema = z
  .union([
    z.strictObject({ filter }).meta({ description: 'Everybody this filter finds, as GET /v1/creators' }),
    z.strictObject({ campaign: ofCampaign }).meta({ description: 'By where they stand in a campaign; what is named must all be true' }),
    z.strictObject({ creators: z.array(z.uuid()).min(1).max(mostNamed) }).meta({ description: 'These; named twice, they are told once' }),
    z.strictObject({ inbox: inboxSchema }).meta({ description: 'Whose threads the inbox shows under this filter, as GET /v1/threads' }),
  ], 'Say who gets it by one of these: filter, campaign, creators or inbox')
  .meta({ id: 'BroadcastSelection' });
export type Selection = z.infer<typeof selectionSchema>;

/**
 * The ids of the creators a selection means, as a subquery with the column `id`; the erased are never among them.
 * @param now what is overdue or snoozed is so at an instant
 */
export function selectCreators(selection: Selection, now: Date): Condition {
  if ('inbox' in selection) return selectFromInbox(selection.inbox, now);
  if ('filter' in selection) {
    const where = whereCreators(selection.filter);
    return { sql: `select c.id from creator c where ${where.sql}`, params: where.params };
  }
  if ('creators' in selection) {
    return {
      sql: `select c.id from creator c where c.erased_at is null and c.id in ${idsIn}`,
      params: [JSON.stringify(selection.creators)],
    };
  }
  const { campaignId, applications, agreements, group } = selection.campaign;
  const inGroup = 'exists (select 1 from collaboration k where k.creator_id = c.id and k.campaign_id = ?)';
  const known = `exists (select 1 from application a where a.creator_id = c.id and a.campaign_id = ?) or exists (select 1 from agreement g where g.creator_id = c.id and g.campaign_id = ?)`;
  const conditions: Condition[] = [
    { sql: 'c.erased_at is null', params: [] },
    ...(applications === undefined ? [] : [{
      sql: 'exists (select 1 from application a where a.creator_id = c.id and a.campaign_id = ? and a.status in (?))', params: [campaignId, applications],
    }]),
    ...(agreements === undefined ? [] : [{
      sql: '(select g.status from agreement g where g.creator_id = c.id and g.campaign_id = ? order by g.created_at desc, g.id desc limit 1) in (?)',
      params: [campaignId, agreements],
    }]),
    ...(group === undefined ? [] : [group
      ? { sql: inGroup, params: [campaignId] }
      : { sql: `(${known}) and not ${inGroup}`, params: [campaignId, campaignId, campaignId] }]),
  ];
  return { sql: `select c.id from creator c where ${conditions.map(({ sql }) => `(${sql})`).join(' and ')}`, params: conditions.flatMap(({ params }) => params) };
}
