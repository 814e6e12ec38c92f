import { digestFor, digestTolerance, nextDigest, type DigestMoment, type Schedule } from '@sevenfold/domain/schedule';
import { newId } from '@sevenfold/platform/ids';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import { newsletterTime } from './newsletter-time.js';

/** Enters a campaign, on publication, in the newsletter in which it will be listed. */
export async function enterDigest(tx: Tx, campaignId: string, schedule: Schedule): Promise<{ dueAt: Date }> {
  const { timeZone } = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const moment = digestFor(schedule, { publishedAt: tx.now.getTime() }, { timeZone, at: newsletterTime });
  await tx.em.flush();
  const digest = await waitingDigest(tx, moment, timeZone);
  await tx.em.execute(
    `insert into digest_campaign (id, workspace_id, created_at, digest_id, campaign_id, tolerance_ms)
     values (?, ?, ?, ?, ?, ?) on conflict (campaign_id) do nothing`,
    [newId(), tx.workspaceId, tx.now, digest.id, campaignId, digestTolerance(schedule)],
  );
  await outbox(tx, 'digest.changed', {});
  return { dueAt: digest.dueAt };
}

/** The digest of a moment's day, made by whoever comes first; if it has run already, the one of the day after. */
export async function waitingDigest(tx: Tx, moment: DigestMoment, timeZone: string): Promise<{ id: string; dueAt: Date }> {
  for (let { dueAt, dayKey } = moment; ; { dueAt, dayKey } = nextDigest({ after: dueAt, timeZone, at: newsletterTime })) {
    await tx.em.execute(
      `insert into digest (id, workspace_id, created_at, due_at, day_key, status)
       values (?, ?, ?, ?, ?, 'waiting') on conflict (workspace_id, day_key) do nothing`,
      [newId(), tx.workspaceId, tx.now, new Date(dueAt), dayKey],
    );
    // Locked, so that it cannot go out between this look and what is entered.
    const [row] = await tx.em.execute<{ id: string; status: string }[]>(
      'select id, status from digest where day_key = ? for no key update',
      [dayKey],
    );
    if (row?.status === 'waiting') return { id: row.id, dueAt: new Date(dueAt) };
  }
}
