import type { ApplicationSource, ApplicationStatus } from '@sevenfold/domain/applications';
import { DomainError } from '@sevenfold/domain/errors';
import { findCampaign } from '../campaigns/get-campaign.js';
import { rawInstant } from '../db/raw-instant.js';
import type { Tx } from '../db/tx.js';
import { readInstantCursor, toPage, type Page, type PageRequest } from '../paging/page.js';
import { presentApplications, selectApplications, type ApplicationRow, type ApplicationView } from './view.js';

export interface ApplicationFilter {
  campaignId: string;
  status?: ApplicationStatus;
  source?: ApplicationSource;
}

/** Applications of a campaign, oldest first. @throws DomainError `not_found` */
export async function listApplications(tx: Tx, filter: ApplicationFilter, page: PageRequest): Promise<Page<ApplicationView>> {
  await findCampaign(tx, filter.campaignId);
  const after = readInstantCursor(page.cursor);
  const conditions = ['a.campaign_id = ?'];
  const values: unknown[] = [filter.campaignId];
  const require = (sql: string, ...given: unknown[]) => {
    conditions.push(sql);
    values.push(...given);
  };
  if (filter.status) require('a.status = ?', filter.status);
  if (filter.source) require('a.source = ?', filter.source);
  if (after) require('(a.created_at, a.id) > (?::timestamptz, ?::uuid)', after.key, after.id);
  const rows = await tx.em.execute<ApplicationRow[]>(
    `${selectApplications} where ${conditions.join(' and ')} order by a.created_at, a.id limit ?`,
    [...values, page.limit + 1],
  );
  const present = await presentApplications(tx, rows);
  return toPage(rows, page.limit, (row) => ({ key: rawInstant(row.createdAt).toISOString(), id: row.id }), present);
}

/** One application. @throws DomainError `not_found` */
export async function getApplication(tx: Tx, applicationId: string): Promise<ApplicationView> {
  await tx.em.flush();
  const [row] = await tx.em.execute<ApplicationRow[]>(`${selectApplications} where a.id = ?`, [applicationId]);
  if (!row) throw new DomainError('not_found', { entity: 'application' });
  await findCampaign(tx, row.campaignId);
  return (await presentApplications(tx, [row]))(row);
}
