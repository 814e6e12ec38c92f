import { DomainError } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { Tx } from '../db/tx.js';
import { scheduleDue } from '../engine/due.js';
import { figureDueAt, missingOf } from './figures-asked.js';
import { findOwnCollaboration } from './find-collaboration.js';
import { mergeTyped, typedBy } from './merge-figures.js';
import { Result } from './result.entity.js';
import type { AddResultInput, ChangeResultInput } from './schemas.js';
import { assertScreenshot } from './screenshot.js';

/**
 * Adds a published post to a collaboration, with what is known of it. What the campaign asks for and is missing is pulled
 * and asked for when it falls due.
 * @throws DomainError `not_found`, `wrong_state`, `invalid_fields`, `conflict` when the post is there already
 */
export async function addResult(tx: Tx, { collaborationId, ...input }: AddResultInput & { collaborationId: string }): Promise<{ resultId: string }> {
  const { collaboration, campaign } = await findOwnCollaboration(tx, collaborationId);
  if (input.screenshotFileId) await assertScreenshot(tx, input.screenshotFileId);
  const postedAt = input.postedAt ? new Date(input.postedAt) : tx.now;
  if (postedAt > tx.now) throw new DomainError('invalid_fields', { fields: [{ path: 'postedAt', message: 'Lies in the future' }] });
  await tx.em.flush();
  const resultId = newId();
  const figures = mergeTyped({}, input.figures, typedBy(tx), tx.now);
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into result (id, workspace_id, created_at, updated_at, collaboration_id, platform, post_url, figures, asked, screenshot_blob_id, posted_at)
     values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, '{}'::jsonb, ?, ?) on conflict (collaboration_id, post_url) do nothing returning id`,
    [
      resultId, tx.workspaceId, tx.now, tx.now, collaborationId, input.platform, input.postUrl, JSON.stringify(figures),
      input.screenshotFileId ?? null, postedAt,
    ],
  );
  if (inserted.length === 0) throw new DomainError('conflict', { reason: 'post_known' }, 'This post is there already; change it instead');
  audit(tx, {
    action: 'result.added', entity: 'result', entityId: resultId, campaignId: campaign.id,
    data: { creatorId: collaboration.creatorId, platform: input.platform, figures: Object.keys(figures) },
  });
  await waitForFigures(tx, campaign, await tx.em.findOneOrFail(Result, { id: resultId }));
  return { resultId };
}

/** Adds or corrects figures and the screenshot of a post. @throws DomainError `not_found`, `wrong_state`, `invalid_fields` */
export async function changeResult(tx: Tx, { resultId, figures, screenshotFileId }: ChangeResultInput & { resultId: string }): Promise<void> {
  const result = await lockResult(tx, resultId);
  const { collaboration, campaign } = await findOwnCollaboration(tx, result.collaborationId);
  if (screenshotFileId) {
    await assertScreenshot(tx, screenshotFileId);
    result.screenshotBlobId = screenshotFileId;
  }
  if (figures) result.figures = mergeTyped(result.figures, figures, typedBy(tx), tx.now);
  result.updatedAt = tx.now;
  audit(tx, {
    action: 'result.changed', entity: 'result', entityId: resultId, campaignId: campaign.id,
    data: { creatorId: collaboration.creatorId, figures: Object.keys(figures ?? {}), screenshot: screenshotFileId !== undefined },
  });
  await tx.em.flush();
}

/** @throws DomainError `not_found` */
export async function lockResult(tx: Tx, resultId: string): Promise<Result> {
  const rows = await tx.em.execute('select 1 from result where id = ? for update', [resultId]);
  if (rows.length === 0) throw new DomainError('not_found', { entity: 'result' });
  return tx.em.findOneOrFail(Result, { id: resultId }, { refresh: true });
}

/** One wait for each day on which figures of the post fall due. */
async function waitForFigures(tx: Tx, campaign: Campaign, result: Result): Promise<void> {
  if (campaign.status !== 'started') return;
  const dueAts = new Set(missingOf(campaign, result).map((ask) => figureDueAt(campaign, result, ask).getTime()));
  for (const dueAt of dueAts) {
    await scheduleDue(tx, {
      kind: 'results.request', refId: result.collaborationId, dedupeKey: `results.request:${result.id}:${dueAt}`, dueAt: new Date(dueAt),
    });
  }
}
