import type { Json } from '@sevenfold/domain/errors';
import type { NoticeKind } from '@sevenfold/domain/notices';
import { newId } from '@sevenfold/platform/ids';
import { cleanJson } from '../db/clean-text.js';
import type { Tx } from '../db/tx.js';
import { outbox } from '../engine/outbox.js';
import { hint } from '../live/hint.js';

export interface TellTeamInput {
  kind: NoticeKind;
  campaignId?: string | null;
  creatorId?: string | null;
  /** The agreement, story, message … it is about. */
  refId?: string | null;
  /** The member it is for; the whole team unless told. */
  forMemberId?: string | null;
  /** Same key, same notice: telling twice tells once. */
  dedupeKey: string;
  /** Figures and names to tell; never personal data that is closed. */
  data: Record<string, Json>;
  /** Waits for a person, until `answerNotice`. */
  asks: boolean;
}

/** Tells the team something, or asks it, in the console and in Slack. */
export async function tellTeam(tx: Tx, input: TellTeamInput): Promise<{ noticeId: string }> {
  await tx.em.flush();
  const noticeId = newId();
  const inserted = await tx.em.execute<{ id: string }[]>(
    `insert into notice (id, workspace_id, created_at, kind, campaign_id, creator_id, ref_id, for_member_id, dedupe_key, data, status)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict (workspace_id, dedupe_key) do nothing returning id`,
    [
      noticeId, tx.workspaceId, tx.now, input.kind, input.campaignId ?? null, input.creatorId ?? null, input.refId ?? null,
      input.forMemberId ?? null,
      input.dedupeKey, cleanJson(input.data), input.asks ? 'open' : 'told',
    ],
  );
  if (inserted.length === 0) return { noticeId: await firstOf(tx, input.dedupeKey) };
  await hint(tx, { entity: 'notice', id: noticeId, campaignId: input.campaignId ?? null });
  await outbox(tx, 'notice.created', { noticeId });
  return { noticeId };
}

async function firstOf(tx: Tx, dedupeKey: string): Promise<string> {
  const [row] = await tx.em.execute<{ id: string }[]>('select id from notice where dedupe_key = ?', [dedupeKey]);
  if (!row) throw new Error('A notice with this dedupe key exists, yet cannot be read');
  return row.id;
}
